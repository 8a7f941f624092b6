import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { MlflowError, type MlflowErrorDetail } from '../../mlflow/errors';
import { abortError } from '../../base/abortError';
import { isReset, networkFailure } from './failures';
import type { Reply } from './replyFailure';
import { type Setback, isPassing, parseRetryAfter } from './retries';
import type { Route } from './route';

/** One request of MLflow's API. */
export interface RestRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path from the root of the origin, without a query. */
  readonly path: string;
  /** Escaped already, where it is a text. */
  readonly query?: URLSearchParams | string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Bytes that are sent as they are, in the place of `body`. */
  readonly upload?: Upload | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** It changes something, so it is sent once, whatever happens. */
  readonly writes?: true;
  /** Milliseconds, where it has less time than others. */
  readonly timeLimit?: number;
  /** Its answer, or what it sends, may be of any length: it takes none of the connections of the others. */
  readonly streams?: true;
  /** A status that is the last word, although it may pass otherwise. */
  readonly settles?: number | undefined;
}

/** A file that is sent. */
export interface Upload {
  readonly size: number;
  /** Its bytes from the beginning, anew each time. */
  open(): Readable;
}

/** A good answer whose body comes as it is read. */
export interface OpenReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readable;
}

/** What became of one try; a setback says that another one may fare better. */
export type Outcome<T extends object = Reply> = (
  { readonly reply: T } | { readonly reply?: undefined; readonly failure: MlflowError }
) & { readonly setback: Setback | undefined };

/** What is made of an answer. */
export type Take<T> = (response: Dispatcher.ResponseData, facts: ReplyFacts) => Promise<T>;

interface ReplyFacts {
  readonly proxy: string | undefined;
  readonly signedIn: boolean;
}

const maxRedirects = 5;
const streamBuffer = 1024 * 1024;
const longestFailure = 64 * 1024;

/** One try of a request. Never rejects: once `signal` fires, the outcome is some failure. */
export async function exchange<T extends Reply | OpenReply>(
  route: Route,
  request: RestRequest,
  headers: Readonly<Record<string, string>>,
  take: Take<T>,
  signal: AbortSignal,
): Promise<Outcome<T>> {
  try {
    const reply = await follow(route, request, headers, take, signal);
    return { reply, setback: setbackOf(reply, request) };
  } catch (error) {
    const { origin, proxy } = route;
    const failure = networkFailure(error, { origin, proxy, request: request.path });
    return { failure, setback: isReset(error) ? { kind: 'reset' } : undefined };
  }
}

function setbackOf(reply: Reply | OpenReply, { settles }: RestRequest): Setback | undefined {
  const { status } = reply;
  const retryAfter = 'retryAfter' in reply ? reply.retryAfter : undefined;
  return isPassing(status) && status !== settles
    ? { kind: 'status', status, retryAfter }
    : undefined;
}

async function follow<T>(
  route: Route,
  request: RestRequest,
  headers: Readonly<Record<string, string>>,
  take: Take<T>,
  signal: AbortSignal,
): Promise<T> {
  const query = request.query?.toString() ?? '';
  const { streams, upload } = request;
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  const sent = {
    ...headers,
    ...request.headers,
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(upload !== undefined && { 'content-length': String(upload.size) }),
  };
  let path = query === '' ? request.path : `${request.path}?${query}`;
  for (let redirects = 0; ; redirects++) {
    const asked = (streams ? route.streamAgent : route.agent).request({
      ...route.target(path, sent),
      method: request.method,
      signal,
      ...(body !== undefined && { body }),
      ...(upload !== undefined && { body: upload.open(), headersTimeout: 0 }),
      ...(streams && { highWaterMark: streamBuffer }),
    });
    const response = await orAbort(asked, signal);
    const location = response.headers['location'];
    if (response.statusCode < 300 || response.statusCode >= 400 || location === undefined) {
      return take(response, { proxy: route.proxy, signedIn: 'authorization' in sent });
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

/** The whole of an answer, as text. */
export const takeText: Take<Reply> = async (response, facts) =>
  toReply(response, await response.body.text(), facts);

/** A good answer as it comes, and any other as text. */
export const takeOpen: Take<Reply | OpenReply> = async (response, facts) => {
  const { statusCode: status, headers, body } = response;
  return status >= 200 && status < 300
    ? { status, headers, body }
    : toReply(response, await beginning(body), facts);
};

/** Ends a body that nobody wants, which tells of that as of an error. */
export function discard({ body }: OpenReply): void {
  body.on('error', () => undefined).destroy();
}

/** Of pages that say what went wrong nobody reads more. */
async function beginning(body: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= longestFailure) {
      break;
    }
  }
  return Buffer.concat(chunks).toString('utf8');
}

function toReply(
  { statusCode: status, headers }: Dispatcher.ResponseData,
  text: string,
  { proxy, signedIn }: ReplyFacts,
): Reply {
  const isOfProxy =
    status === 407 || (status >= 400 && proxyHeaders.some((name) => name in headers));
  return {
    status,
    contentType: String(headers['content-type'] ?? ''),
    contentRange: headers['content-range']?.toString(),
    text,
    retryAfter: parseRetryAfter(String(headers['retry-after'] ?? '')),
    signedIn,
    ofProxy: isOfProxy ? proxy : undefined,
  };
}

/** What proxies add to pages of their own. */
const proxyHeaders: readonly string[] = ['proxy-agent', 'proxy-status', 'x-squid-error'];
