import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { Disposable } from '../../base/disposable';
import { MlflowError } from '../../mlflow/errors';
import type { Transport } from '../../mlflow/transport';
import { abortError } from '../../base/abortError';
import type { Address } from './address';
import { Deadline } from './deadline';
import {
  type OpenReply,
  type Outcome,
  type RestRequest,
  type Take,
  discard,
  exchange,
  takeOpen,
  takeText,
} from './exchange';
import type { Reply } from './replyFailure';
import { requestHeaders } from './requestHeaders';
import { type RetryLimits, Retries } from './retries';
import { type Route, type RouteLimits, routeTo } from './route';
import { tlsRefusal } from './tlsRefusal';

/** How long and how often; times in milliseconds. */
export interface RestOptions extends RouteLimits {
  readonly retries: RetryLimits;
}

export const defaultRestOptions: RestOptions = {
  connections: 8,
  streams: 16,
  connectTimeout: 10_000,
  replyTimeout: 120_000,
  idleTimeout: 60_000,
  maxReplyBytes: 256 * 1024 * 1024,
  retries: { tries: 3, window: 10_000, pause: 200, busyPause: 500 },
};

/** Milliseconds that a server has to say why it accepts no connection. */
const refusalTimeout = 1_000;

/** One server, over a small pool of connections that are kept open. */
export class HttpClient implements Disposable {
  readonly origin: string;
  private readonly route: Route;
  private readonly headers: Readonly<Record<string, string>>;

  /**
   * `log` gets one line per try: no query, no body, no header. Throws `unsupported` (`transport`)
   * where headers, certificates or the proxy cannot be used.
   */
  constructor(
    address: Address,
    transport: Transport,
    private readonly options: RestOptions,
    private readonly log: (line: string) => void,
  ) {
    this.origin = address.origin;
    this.headers = requestHeaders(transport, address.authorization);
    this.route = routeTo(address.origin, transport, options);
  }

  /**
   * Resolves with any answer, whatever its status; rejects with an `MlflowError` when there was
   * none, or with an `AbortError` once `signal` fires. Reads are tried again, see `Retries`.
   */
  send(request: RestRequest, signal: AbortSignal): Promise<Reply> {
    return this.ask(request, takeText, signal);
  }

  /**
   * The same, except that a good answer resolves as soon as its body begins: that has no time limit, except between two
   * pieces, and has to be read or destroyed.
   */
  open(request: RestRequest, signal: AbortSignal): Promise<Reply | OpenReply> {
    return this.ask({ ...request, streams: true }, takeOpen, signal);
  }

  dispose(): void {
    this.route.close();
  }

  private async ask<T extends Reply | OpenReply>(
    request: RestRequest,
    take: Take<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const limit = Math.min(request.timeLimit ?? Infinity, this.options.replyTimeout);
    const ends = performance.now() + limit;
    const deadline = new Deadline(signal, limit);
    const retries = new Retries(this.options.retries);
    const timed = request.upload === undefined ? request : unhurried(request, deadline, limit);
    let known: Outcome<T> | undefined;
    try {
      for (;;) {
        const outcome = await this.try(timed, take, deadline, retries);
        if (deadline.passed) {
          discardLate(outcome.reply);
        }
        if (deadline.cancelled) {
          throw abortError();
        }
        if (deadline.passed) {
          return replyOf<T>(
            known !== undefined && retries.isOpen ? known : this.noAnswer<T>(request),
          );
        }
        if (outcome.pause === undefined) {
          return replyOf<T>(await this.explained<T>(outcome, request, deadline.signal));
        }
        known = outcome;
        deadline.move(Math.min(retries.left, ends - performance.now()));
        const ended = AbortSignal.any([deadline.signal, this.route.closed]);
        await delay(outcome.pause, undefined, { signal: ended }).catch(() => undefined);
      }
    } finally {
      deadline.dispose();
    }
  }

  /** `pause` is how many milliseconds later the next try comes, if any. Never rejects. */
  private async try<T extends Reply | OpenReply>(
    request: RestRequest,
    take: Take<T>,
    deadline: Deadline,
    retries: Retries,
  ): Promise<Outcome<T> & { readonly pause: number | undefined }> {
    const started = performance.now();
    const outcome = await exchange(this.route, request, this.headers, take, deadline.signal);
    const elapsed = `${(performance.now() - started).toFixed(0)} ms`;
    const note = (result: string): void =>
      this.log(`${request.method} ${this.origin}${request.path} ${result}`);
    if (deadline.passed) {
      note(`${deadline.cancelled ? 'cancelled' : 'no answer'} after ${elapsed}`);
      return { ...outcome, pause: undefined };
    }
    const again = outcome.setback !== undefined && !request.writes && !this.route.closed.aborted;
    const pause = again ? retries.after(outcome.setback) : undefined;
    const next = pause === undefined ? '' : `, next try in ${pause.toFixed(0)} ms`;
    note(`${inWords(outcome, elapsed)}${next}`);
    return { ...outcome, pause };
  }

  /**
   * A server that refuses a certificate may seem to break off. So may one that ended while it carried out
   * a write, which is not to be called a matter of certificates.
   */
  private async explained<T extends object>(
    outcome: Outcome<T>,
    { path, writes }: RestRequest,
    signal: AbortSignal,
  ): Promise<Outcome<T>> {
    const { connect, origin, proxy, closed } = this.route;
    const isCut = 'failure' in outcome && outcome.failure.reason === 'cut';
    if (!isCut || writes || !origin.startsWith('https:') || closed.aborted) {
      return outcome;
    }
    const time = AbortSignal.any([signal, closed, AbortSignal.timeout(refusalTimeout)]);
    const serverMessage = await tlsRefusal(connect, origin, time);
    if (serverMessage === undefined) {
      return outcome;
    }
    const detail = { origin, proxy, request: path, serverMessage };
    return { failure: new MlflowError('unreachable', 'tls', detail), setback: undefined };
  }

  private noAnswer<T extends object>({ path }: RestRequest): Outcome<T> {
    const { origin, proxy } = this.route;
    const failure = new MlflowError('unreachable', 'timeout', { origin, proxy, request: path });
    return { failure, setback: undefined };
  }
}

function replyOf<T extends object>(outcome: Outcome<T>): T {
  if ('failure' in outcome) {
    throw outcome.failure;
  }
  return outcome.reply;
}

/** The same with a file that may take its time, as long as the server goes on taking it. */
function unhurried(request: RestRequest, deadline: Deadline, limit: number): RestRequest {
  const { upload } = request;
  async function* sent(file: Readable): AsyncGenerator<unknown> {
    for await (const chunk of file) {
      deadline.move(limit);
      yield chunk;
    }
  }
  return {
    ...request,
    upload: upload && { ...upload, open: () => Readable.from(sent(upload.open())) },
  };
}

/** An answer that came when nobody waited for it any more. */
function discardLate(reply: Reply | OpenReply | undefined): void {
  if (reply !== undefined && 'body' in reply) {
    discard(reply);
  }
}

function inWords(outcome: Outcome<Reply | OpenReply>, elapsed: string): string {
  if ('failure' in outcome) {
    const { kind, reason } = outcome.failure;
    return `${kind} (${reason}) after ${elapsed}`;
  }
  const { reply } = outcome;
  const length = 'text' in reply ? ` ${reply.text.length} characters` : '';
  return `${reply.status} ${elapsed}${length}`;
}
