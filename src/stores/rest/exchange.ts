import type { Dispatcher } from 'undici';
import { MlflowError, type MlflowErrorDetail } from '../../mlflow/errors';
import { abortError } from '../../base/abortError';
import { isReset, networkFailure } from './failures';
import type { Reply } from './replyFailure';
import { type Setback, isPassing, parseRetryAfter } from './retries';
import type { Route } from './route';

/** One request of MLflow's API. */
export interface RestRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path from the root of the origin, without a query. */
  readonly path: string;
  readonly query?: URLSearchParams;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** It changes something, so it is sent once, whatever happens. */
  readonly writes?: true;
  /** Milliseconds, where it has less time than others. */
  readonly timeLimit?: number;
}

/** What became of one try; a setback says that another one may fare better. */
export type Outcome = (
  { readonly reply: Reply } | { readonly reply?: undefined; readonly failure: MlflowError }
) & { readonly setback: Setback | undefined };

const maxRedirects = 5;

/** One try of a request. Never rejects: once `signal` fires, the outcome is some failure. */
export async function exchange(
  route: Route,
  request: RestRequest,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    const reply = await follow(route, request, headers, signal);
    const { status, retryAfter } = reply;
    return {
      reply,
      setback: isPassing(status) ? { kind: 'status', status, retryAfter } : undefined,
    };
  } catch (error) {
    const { origin, proxy } = route;
    const failure = networkFailure(error, { origin, proxy, request: request.path });
    return { failure, setback: isReset(error) ? { kind: 'reset' } : undefined };
  }
}

async function follow(
  route: Route,
  request: RestRequest,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Reply> {
  const query = request.query?.toString() ?? '';
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  const sent = {
    ...headers,
    ...request.headers,
    ...(body !== undefined && { 'content-type': 'application/json' }),
  };
  let path = query === '' ? request.path : `${request.path}?${query}`;
  for (let redirects = 0; ; redirects++) {
    const asked = route.agent.request({
      ...route.target(path, sent),
      method: request.method,
      signal,
      ...(body !== undefined && { body }),
    });
    const response = await orAbort(asked, signal);
    const location = response.headers['location'];
    if (response.statusCode < 300 || response.statusCode >= 400 || location === undefined) {
      return toReply(response, await response.body.text(), route, sent);
    }
    await response.body.dump();
    const target = redirectTarget(String(location), route.origin + path);
    const mayFollow = redirects < maxRedirects && keepsMethod(request, response.statusCode);
    if (target?.origin !== route.origin || !mayFollow) {
      throw redirectFailure(route, request, response.statusCode, target);
    }
    path = target.pathname + target.search;
  }
}

/** undici heeds the signal of a request only once a connection is open and free for it. */
function orAbort<T>(asked: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(abortError());
    if (signal.aborted) {
      giveUp();
    }
    signal.addEventListener('abort', giveUp);
    asked.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}

/**
 * Redirects are followed only within the origin, and never with another method: a read is repeated
 * as it is, except where 303 asks for another thing; a write only for 307 and 308, which promise that
 * it was not carried out.
 */
function keepsMethod({ method, writes }: RestRequest, status: number): boolean {
  return status === 307 || status === 308 || (!writes && (method === 'GET' || status !== 303));
}

function redirectTarget(location: string, from: string): URL | undefined {
  return URL.canParse(location, from) ? new URL(location, from) : undefined;
}

function redirectFailure(
  { origin }: Route,
  { path }: RestRequest,
  status: number,
  target: URL | undefined,
): MlflowError {
  const detail: MlflowErrorDetail = {
    origin,
    request: path,
    status,
    serverMessage: target?.origin,
  };
  return new MlflowError('unreachable', 'redirect', detail);
}

function toReply(
  { statusCode: status, headers }: Dispatcher.ResponseData,
  text: string,
  { proxy }: Route,
  sent: Readonly<Record<string, string>>,
): Reply {
  const isOfProxy =
    status === 407 || (status >= 400 && proxyHeaders.some((name) => name in headers));
  return {
    status,
    contentType: String(headers['content-type'] ?? ''),
    text,
    retryAfter: parseRetryAfter(String(headers['retry-after'] ?? '')),
    signedIn: 'authorization' in sent,
    ofProxy: isOfProxy ? proxy : undefined,
  };
}

/** What proxies add to pages of their own. */
const proxyHeaders: readonly string[] = ['proxy-agent', 'proxy-status', 'x-squid-error'];
