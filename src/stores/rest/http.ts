import { setTimeout as delay } from 'node:timers/promises';
import type { Disposable } from '../../base/disposable';
import { MlflowError } from '../../mlflow/errors';
import type { Transport } from '../../mlflow/transport';
import { abortError } from '../../base/abortError';
import type { Address } from './address';
import { Deadline } from './deadline';
import { type Outcome, type RestRequest, exchange } from './exchange';
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
  async send(request: RestRequest, signal: AbortSignal): Promise<Reply> {
    const limit = Math.min(request.timeLimit ?? Infinity, this.options.replyTimeout);
    const ends = performance.now() + limit;
    const deadline = new Deadline(signal, limit);
    const retries = new Retries(this.options.retries);
    let known: Outcome | undefined;
    try {
      for (;;) {
        const outcome = await this.try(request, deadline, retries);
        if (deadline.cancelled) {
          throw abortError();
        }
        if (deadline.passed) {
          return replyOf(known !== undefined && retries.isOpen ? known : this.noAnswer(request));
        }
        if (outcome.pause === undefined) {
          return replyOf(await this.explained(outcome, request, deadline.signal));
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

  dispose(): void {
    this.route.close();
  }

  /** `pause` is how many milliseconds later the next try comes, if any. Never rejects. */
  private async try(
    request: RestRequest,
    deadline: Deadline,
    retries: Retries,
  ): Promise<Outcome & { readonly pause: number | undefined }> {
    const started = performance.now();
    const outcome = await exchange(this.route, request, this.headers, deadline.signal);
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
  private async explained(
    outcome: Outcome,
    { path, writes }: RestRequest,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const { connect, origin, proxy, closed } = this.route;
    const isCut = outcome.reply === undefined && outcome.failure.reason === 'cut';
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

  private noAnswer({ path }: RestRequest): Outcome {
    const { origin, proxy } = this.route;
    const failure = new MlflowError('unreachable', 'timeout', { origin, proxy, request: path });
    return { failure, setback: undefined };
  }
}

function replyOf(outcome: Outcome): Reply {
  if (outcome.reply === undefined) {
    throw outcome.failure;
  }
  return outcome.reply;
}

function inWords(outcome: Outcome, elapsed: string): string {
  if (outcome.reply === undefined) {
    const { kind, reason } = outcome.failure;
    return `${kind} (${reason}) after ${elapsed}`;
  }
  const { status, text } = outcome.reply;
  return `${status} ${elapsed} ${text.length} characters`;
}
