import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { type ServerOptions, createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { HealthyChanges, Refusal } from './healthyChanges';
import {
  type HealthyData,
  type WireParameters,
  answerHealthily,
  defaultHealthyData,
} from './healthyMlflow';

/** What goes wrong with a request; `faults` has the usual answers ready-made. */
export type Fault =
  /** The connection is reset before a byte of the answer. */
  | { readonly kind: 'reset' }
  /** The healthy answer stops in the middle and the connection with it. */
  | { readonly kind: 'cut' }
  /** The healthy answer stops in the middle, as if that were all. */
  | { readonly kind: 'half' }
  /** No answer, ever. */
  | { readonly kind: 'silence' }
  /** What was asked for is done, and then this happens to the answer. */
  | { readonly kind: 'carriedOut'; readonly then: Fault }
  /** The healthy answer, so much later. */
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** A page whose token leads to the same page; `empty` pages have no items. */
  | { readonly kind: 'endless'; readonly empty: boolean }
  /** So many bytes of JSON. */
  | { readonly kind: 'huge'; readonly bytes: number }
  | {
      readonly kind: 'reply';
      readonly status: number;
      readonly type: string;
      readonly body: string;
      readonly headers?: Readonly<Record<string, string>>;
    };

const reply = (status: number, type: string, body: string): Fault => ({
  kind: 'reply',
  status,
  type,
  body,
});

export const faults = {
  html404: reply(404, 'text/html', '<!doctype html><title>404 Not Found</title><h1>Not Found</h1>'),
  html502: reply(502, 'text/html', '<html><head><title>502 Bad Gateway</title></head></html>'),
  loginPage: reply(200, 'text/html', '<!doctype html><title>Sign in</title><form></form>'),
  unauthorized: reply(401, 'text/html', 'You are not authenticated.'),
  forbidden: reply(403, 'text/html', 'Permission denied'),
  hostCheck: reply(
    403,
    'text/plain',
    'Invalid Host header - possible DNS rebinding attack detected',
  ),
  tooManyRequests: reply(429, 'application/json', '{"message": "slow down"}'),
  internalError: reply(
    500,
    'application/json',
    '{"error_code": "INTERNAL_ERROR", "message": "it broke"}',
  ),
  json: (body: string): Fault => reply(200, 'application/json', body),
  refused: (code: string, message: string, status = 400): Fault =>
    reply(status, 'application/json', JSON.stringify({ error_code: code, message })),
  /** The request is carried out, but nobody hears of it. */
  carriedOutThenReset: { kind: 'carriedOut', then: { kind: 'reset' } },
  /** Busy; `retryAfter` as in the header of that name. */
  busy: (retryAfter: string, status = 429): Fault => ({
    kind: 'reply',
    status,
    type: 'text/plain',
    body: 'slow down',
    headers: { 'retry-after': retryAfter },
  }),
  redirect: (location: string, status = 302): Fault => ({
    kind: 'reply',
    status,
    type: 'text/plain',
    body: '',
    headers: { location },
  }),
} as const satisfies Record<string, Fault | ((...parts: never[]) => Fault)>;

export interface FaultRange {
  /** Requests that this holds for still go well. */
  readonly unless?: (request: RecordedRequest) => boolean;
  /** So many requests of this path, from now on, still go well; 0 if left out. */
  readonly after?: number;
  /** So many requests fail; all if left out. */
  readonly times?: number;
}

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Resolves when the connection of this request is gone. */
  readonly disconnected: Promise<void>;
}

/** A small healthy MLflow on the loopback address that can be told to fail. */
export interface FaultServer {
  readonly url: string;
  readonly port: number;
  /** How many connections were opened so far. */
  connections(): number;
  /** Every request so far. */
  readonly requests: readonly RecordedRequest[];
  /** Resolves with the next request for `path` that comes in. */
  nextRequest(path: string): Promise<RecordedRequest>;
  /** `path` is `*`, the path of a URL, or a call below `/api/2.0/mlflow/` such as `runs/search`. */
  setFault(path: string, fault: Fault, range?: FaultRange): void;
  clearFaults(): void;
  /** Nothing listens at the port any more. */
  goDown(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

interface ActiveFault {
  readonly fault: Fault;
  readonly unless: (request: RecordedRequest) => boolean;
  after: number;
  times: number;
}

/** Starts the server on a free port, with `tls` for https; it ends with the process at the latest. */
export async function startFaultServer(
  data: Partial<HealthyData> = {},
  tls?: ServerOptions,
): Promise<FaultServer> {
  const healthy = { data: { ...defaultHealthyData, ...data }, changes: new HealthyChanges() };
  const active = new Map<string, ActiveFault>();
  const requests: RecordedRequest[] = [];
  const waiting = new Set<{ path: string; resolve: (request: RecordedRequest) => void }>();
  const sockets = new Map<Socket, Promise<void>>();
  let connections = 0;

  const listener = (request: IncomingMessage, response: ServerResponse): void =>
    void handle(request, response);
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  server.on(tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => {
    connections++;
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    sockets.set(socket, closed);
    void closed.then(() => sockets.delete(socket));
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const { socket } = request;
    const disconnected = sockets.get(socket) ?? Promise.resolve();
    const body = await text(request);
    const { pathname: path, searchParams: query } = url;
    const { method = '', headers } = request;
    const recorded = { method, path, query, headers, body, disconnected };
    requests.push(recorded);
    announce(recorded);
    const fault = faultFor(recorded);
    if (fault === undefined && healthy.data.artifacts?.answer(url, request, response) === true) {
      return;
    }
    const isDone = fault === undefined || doing.includes(fault.kind);
    const answer = isDone ? answerHealthily(path, toParameters(query, body), healthy) : undefined;
    respond(response, socket, answer, fault?.kind === 'carriedOut' ? fault.then : fault);
  }

  function announce(request: RecordedRequest): void {
    for (const entry of waiting) {
      if (matches(request.path, entry.path)) {
        waiting.delete(entry);
        entry.resolve(request);
      }
    }
  }

  function faultFor(request: RecordedRequest): Fault | undefined {
    for (const [pattern, entry] of active) {
      const applies = matches(request.path, pattern) && !entry.unless(request);
      if (applies && entry.after-- <= 0 && entry.times-- > 0) {
        return entry.fault;
      }
    }
    return undefined;
  }

  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      [...sockets.keys()].forEach((socket) => socket.destroy());
    });

  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    connections: () => connections,
    requests,
    nextRequest: (path) => new Promise((resolve) => waiting.add({ path, resolve })),
    setFault: (path, fault, { after = 0, times = Infinity, unless = () => false } = {}) => {
      active.set(path, { fault, after, times, unless });
    },
    clearFaults: () => active.clear(),
    goDown: stop,
    comeBack: () => listen(port),
    close: stop,
  };
}

/** The faults that befall the answer alone. */
const doing: readonly Fault['kind'][] = ['carriedOut', 'cut', 'half', 'slow', 'endless'];

function matches(path: string, pattern: string): boolean {
  return pattern === '*' || path === pattern || path === `/api/2.0/mlflow/${pattern}`;
}

function toParameters(query: URLSearchParams, body: string): WireParameters {
  return {
    ...Object.fromEntries(query),
    ...(body === '' ? {} : (JSON.parse(body) as Record<string, unknown>)),
  };
}

function respond(
  response: ServerResponse,
  socket: Socket,
  answer: object | string | undefined,
  fault: Fault | undefined,
): void {
  const healthy = (): void => sendHealthy(response, answer);
  const whole = JSON.stringify(answer ?? {}, undefined, 2);
  const half = whole.slice(0, whole.length / 2);
  switch (fault?.kind) {
    case undefined:
    case 'carriedOut':
      return healthy();
    case 'silence':
      return;
    case 'reset':
      socket.resetAndDestroy();
      return;
    case 'cut':
      head(response, 200, 'application/json', { 'content-length': String(whole.length) });
      response.write(half, () => socket.destroy());
      return;
    case 'half':
      return send(response, 200, 'application/json', half);
    case 'slow':
      setTimeout(healthy, fault.milliseconds).unref();
      return;
    case 'endless':
      return send(response, 200, 'application/json', endless(answer, fault.empty));
    case 'huge':
      return stream(response, fault.bytes);
    case 'reply':
      head(response, fault.status, fault.type, fault.headers);
      response.end(fault.body);
  }
}

function sendHealthy(response: ServerResponse, answer: object | string | undefined): void {
  if (typeof answer === 'string') {
    send(response, 200, 'text/html; charset=utf-8', answer);
  } else if (answer === undefined) {
    const body = { error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'No such thing' };
    send(response, 404, 'application/json', JSON.stringify(body));
  } else if (answer instanceof Refusal) {
    const body = { error_code: answer.code, message: answer.message };
    send(response, answer.status, 'application/json', JSON.stringify(body));
  } else {
    send(response, 200, 'application/json', JSON.stringify(answer, undefined, 2));
  }
}

function head(
  response: ServerResponse,
  status: number,
  type: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': type, ...headers });
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  head(response, status, type);
  response.end(body);
}

function endless(answer: object | string | undefined, empty: boolean): string {
  return JSON.stringify({ ...(empty ? {} : Object(answer)), next_page_token: 'again' });
}

/** Writes as fast as the reader takes it. */
function stream(response: ServerResponse, bytes: number): void {
  head(response, 200, 'application/json');
  const piece = Buffer.alloc(65_536, ' ');
  let left = bytes;
  const more = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= piece.length;
      if (!response.write(piece)) {
        response.once('drain', more);
        return;
      }
    }
    response.end('{}');
  };
  more();
}
