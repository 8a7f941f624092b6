import { Agent, type Dispatcher } from 'undici';
import type { Disposable } from '../../base/disposable';
import { MlflowError, type MlflowErrorDetail } from '../../mlflow/errors';
import { abortError } from './abortError';
import { type Reply, isReset, networkFailure } from './failures';

/** How a server is spoken to; times in milliseconds, sizes in bytes. */
export interface RestOptions {
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  readonly connectTimeout: number;
  /** From the first try to the last byte. Legal replies were seen to take 36 s. */
  readonly replyTimeout: number;
  /** Between two pieces of a body. */
  readonly idleTimeout: number;
  readonly maxReplyBytes: number;
}

export const defaultRestOptions: RestOptions = {
  headers: {},
  connections: 8,
  connectTimeout: 10_000,
  replyTimeout: 120_000,
  idleTimeout: 60_000,
  maxReplyBytes: 256 * 1024 * 1024,
};

const maxRedirects = 5;

/** One request of MLflow's API. */
export interface RestRequest {
  readonly method: 'GET' | 'POST';
  /** Path from the root of the origin, without a query. */
  readonly path: string;
  readonly query?: URLSearchParams;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** It changes something, so it is never sent again without looking first. */
  readonly writes?: true;
}

/** One server, over a small pool of connections that are kept open. */
export class HttpClient implements Disposable {
  private readonly agent: Agent;
  private readonly headers: Readonly<Record<string, string>>;

  /** `log` gets one line per request: no query, no body, no header. */
  constructor(
    readonly origin: string,
    private readonly options: RestOptions,
    private readonly log: (line: string) => void,
  ) {
    this.agent = new Agent({
      connections: options.connections,
      pipelining: 1,
      connect: { timeout: options.connectTimeout },
      headersTimeout: options.replyTimeout,
      bodyTimeout: options.idleTimeout,
      maxResponseSize: options.maxReplyBytes,
    });
    this.headers = { accept: 'application/json', ...options.headers };
  }

  /**
   * Resolves with any answer, whatever its status; rejects with an `MlflowError` when there was
   * none, or with an `AbortError` once `signal` fires.
   */
  async send(request: RestRequest, signal: AbortSignal): Promise<Reply> {
    const detail = { origin: this.origin, request: request.path };
    const line = `${request.method} ${this.origin}${request.path}`;
    const started = performance.now();
    const elapsed = (): string => `${(performance.now() - started).toFixed(0)} ms`;
    const deadline = new Deadline(signal, this.options.replyTimeout);
    try {
      const reply = await this.follow(request, deadline.signal, detail);
      this.log(`${line} ${reply.status} ${elapsed()} ${reply.text.length} characters`);
      return reply;
    } catch (error) {
      if (signal.aborted) {
        this.log(`${line} cancelled after ${elapsed()}`);
        throw abortError();
      }
      const failure = deadline.passed
        ? new MlflowError('unreachable', 'timeout', detail)
        : networkFailure(error, detail);
      this.log(`${line} ${failure.kind} (${failure.reason}) after ${elapsed()}`);
      throw failure;
    } finally {
      deadline.dispose();
    }
  }

  dispose(): void {
    void this.agent.destroy();
  }

  private async follow(
    request: RestRequest,
    signal: AbortSignal,
    detail: MlflowErrorDetail,
  ): Promise<Reply> {
    const query = request.query?.toString() ?? '';
    let path = query === '' ? request.path : `${request.path}?${query}`;
    for (let redirects = 0; ; redirects++) {
      const response = await this.once(request, path, signal);
      const location = response.headers['location'];
      if (response.statusCode < 300 || response.statusCode >= 400 || location === undefined) {
        return {
          status: response.statusCode,
          contentType: String(response.headers['content-type'] ?? ''),
          text: await response.body.text(),
        };
      }
      await response.body.dump();
      const target = new URL(String(location), this.origin + path);
      if (target.origin !== this.origin || redirects === maxRedirects) {
        throw new MlflowError('unreachable', 'redirect', {
          ...detail,
          status: response.statusCode,
          serverMessage: target.origin,
        });
      }
      path = target.pathname + target.search;
    }
  }

  /** A kept connection may have been closed by the server just now: a reset is tried once more. */
  private async once(
    request: RestRequest,
    path: string,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    const options: Dispatcher.RequestOptions = {
      origin: this.origin,
      path,
      method: request.method,
      signal,
      headers: this.headers,
      ...(request.body !== undefined && {
        headers: { ...this.headers, 'content-type': 'application/json' },
        body: JSON.stringify(request.body),
      }),
    };
    try {
      return await this.agent.request(options);
    } catch (error) {
      if (request.writes || !isReset(error) || signal.aborted) {
        throw error;
      }
      return this.agent.request(options);
    }
  }
}

/** Fires when the caller's signal does, or when the time is up. */
class Deadline implements Disposable {
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private readonly abort = (): void => this.controller.abort();
  passed = false;

  constructor(
    private readonly outer: AbortSignal,
    milliseconds: number,
  ) {
    this.timer = setTimeout(() => {
      this.passed = true;
      this.abort();
    }, milliseconds);
    outer.addEventListener('abort', this.abort);
    if (outer.aborted) {
      this.abort();
    }
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.outer.removeEventListener('abort', this.abort);
  }
}
