import type { Disposable } from '../../base/disposable';
import { MlflowError, type MlflowErrorDetail } from '../../mlflow/errors';
import type { ServerInfo } from '../../mlflow/trackingStore';
import type { Transport } from '../../mlflow/transport';
import { parseAddress } from './address';
import type { OpenReply, RestRequest } from './exchange';
import { HttpClient, type RestOptions } from './http';
import { Probe } from './probe';
import { readLongReply, readReply } from './readReply';
import type { Reply } from './replyFailure';

/** A question below `/api/2.0/mlflow/`. */
export interface ApiRequest extends Omit<RestRequest, 'path'> {
  /** E.g. `runs/search`. */
  readonly call: string;
  /** `mlflow` if left out. */
  readonly service?: 'mlflow' | 'mlflow-artifacts';
  /** It is there for MLflow's own pages alone, below `/ajax-api/2.0/mlflow/`. */
  readonly ofPages?: true;
}

/** A request for bytes, or with bytes. */
export interface BytesRequest extends Omit<RestRequest, 'path'> {
  /** What `path` is below: the pages' address, or that of the API, which may be another behind a static prefix. */
  readonly below: 'pages' | 'api';
  /** Escaped, with a slash at its beginning. */
  readonly path: string;
}

/** An answer to a {@link BytesRequest}, whatever its status, and what is said about a failure of it. */
export interface BytesReply {
  readonly reply: Reply | OpenReply;
  readonly detail: MlflowErrorDetail;
}

/** Milliseconds. */
const lookUpTimeout = 30_000;

type Read<T> = (reply: Reply, detail: MlflowErrorDetail) => T | Promise<T>;

/** MLflow's JSON API at one address. */
export class Api implements Disposable {
  private readonly http: HttpClient;
  private readonly probe: Probe;
  /** By origin. */
  private readonly elsewhere = new Map<string, HttpClient>();
  /** What stands before `/ajax-api`, in MLflow 2 as well as 3. */
  private readonly pagesBase: string;
  /** The probe whose lack of workspaces was logged. */
  private withoutWorkspaces: ServerInfo | undefined;

  constructor(
    uri: string,
    private readonly transport: Transport,
    private readonly options: RestOptions,
    private readonly log: (line: string) => void,
  ) {
    const address = parseAddress(uri);
    this.http = new HttpClient(address, transport, options, log);
    this.probe = new Probe(this.http, address);
    this.pagesBase = address.prefix;
  }

  serverInfo(signal: AbortSignal): Promise<ServerInfo> {
    return this.probe.serverInfo(signal);
  }

  recheck(signal: AbortSignal): Promise<ServerInfo> {
    this.probe.forget();
    return this.probe.serverInfo(signal);
  }

  /** Asks, checks and decodes; whatever fails names the origin and the request. */
  ask<T>(request: ApiRequest, decodeReply: (value: unknown) => T, signal: AbortSignal): Promise<T> {
    return this.read(request, (reply, detail) => readReply(reply, decodeReply, detail), signal);
  }

  /** Reads what became of a change, not as long as other reads may take: somebody waits for the outcome. */
  lookUp<T>(
    call: string,
    query: URLSearchParams,
    decodeReply: (value: unknown) => T,
    signal: AbortSignal,
  ): Promise<T> {
    const timeLimit = lookUpTimeout;
    return this.ask({ method: 'GET', call, query, timeLimit }, decodeReply, signal);
  }

  /** The same for replies so long that `read` takes turns with others. */
  askForLong<T>(
    request: ApiRequest,
    read: (text: string) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    return this.read(request, (reply, detail) => readLongReply(reply, read, detail), signal);
  }

  /** Any answer; the body of a good one comes as it is read. */
  async open({ below, ...request }: BytesRequest, signal: AbortSignal): Promise<BytesReply> {
    const base = below === 'pages' ? this.pagesBase : await beforeSent(this.probe.apiBase(signal));
    const path = base + request.path;
    const own = await beforeSent(this.workspaceHeader(signal));
    const headers = { ...own, ...request.headers };
    const reply = await this.http.open({ ...request, headers, path }, signal);
    return { reply, detail: { origin: this.http.origin, request: path } };
  }

  /**
   * A file at another origin, named by the server. It gets nothing that was meant for the server: no sign-in, no headers, no
   * client certificate; its own certificate has to be a good one.
   */
  async openElsewhere(
    { origin, pathname, search }: URL,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<BytesReply> {
    const http = this.elsewhere.get(origin) ?? this.clientFor(origin);
    const request = { method: 'GET', path: pathname, query: search.slice(1), headers } as const;
    return { reply: await http.open(request, signal), detail: { origin, request: pathname } };
  }

  private clientFor(origin: string): HttpClient {
    const { proxy, tls } = this.transport;
    const transport: Transport = {
      proxy,
      tls: { ca: tls?.ca, systemCertificates: tls?.systemCertificates },
    };
    const address = { origin, prefix: '', authorization: undefined };
    const http = new HttpClient(address, transport, this.options, this.log);
    this.elsewhere.set(origin, http);
    return http;
  }

  private async read<T>(request: ApiRequest, read: Read<T>, signal: AbortSignal): Promise<T> {
    try {
      const base = await beforeSent(this.probe.apiBase(signal));
      try {
        return await this.readBelow(base, request, read, signal);
      } catch (error) {
        const moved = await this.movedTo(base, error, signal);
        if (moved === undefined) {
          throw error;
        }
        return await this.readBelow(moved, request, read, signal);
      }
    } catch (error) {
      if (error instanceof MlflowError && error.kind === 'unreachable' && error.reason !== 'busy') {
        this.probe.forget();
      }
      throw error;
    }
  }

  dispose(): void {
    this.http.dispose();
    this.elsewhere.forEach((http) => http.dispose());
  }

  private async readBelow<T>(
    base: string,
    { call, ofPages, service = 'mlflow', ...rest }: ApiRequest,
    read: Read<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const path = ofPages
      ? `${this.pagesBase}/ajax-api/2.0/${service}/${call}`
      : `${base}/api/2.0/${service}/${call}`;
    const headers = await beforeSent(this.workspaceHeader(signal));
    const reply = await this.http.send({ ...rest, headers, path }, signal);
    return read(reply, { origin: this.http.origin, request: path });
  }

  /**
   * Where the API is now, if not at `base`: behind a static prefix, another version of MLflow has it
   * elsewhere, and the old place answers with a page that says 404.
   */
  private async movedTo(
    base: string,
    error: unknown,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const isGone =
      error instanceof MlflowError && error.reason === 'html' && error.detail.status === 404;
    if (!isGone || !this.probe.mayMove) {
      return undefined;
    }
    this.probe.forget();
    const now = await beforeSent(this.probe.apiBase(signal));
    return now === base ? undefined : now;
  }

  /** A server without workspaces answers every request that names one with an error. */
  private async workspaceHeader(signal: AbortSignal): Promise<Readonly<Record<string, string>>> {
    const { workspace } = this.transport;
    if (workspace === undefined || workspace === '') {
      return {};
    }
    const info = await this.probe.serverInfo(signal);
    if (info.can.workspaces) {
      return { 'x-mlflow-workspace': workspace };
    }
    if (this.withoutWorkspaces !== info) {
      this.withoutWorkspaces = info;
      this.log(`${this.http.origin} has no workspaces: the one that is set is not sent`);
    }
    return {};
  }
}

/** A failure from here says that the request itself never left. */
async function beforeSent<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof MlflowError) {
      throw new MlflowError(error.kind, error.reason, { ...error.detail, notSent: true });
    }
    throw error;
  }
}
