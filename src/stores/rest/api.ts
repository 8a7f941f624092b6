import type { Disposable } from '../../base/disposable';
import { MlflowError } from '../../mlflow/errors';
import type { ServerInfo } from '../../mlflow/trackingStore';
import { parseAddress } from './address';
import { HttpClient, type RestOptions, type RestRequest } from './http';
import { Probe } from './probe';
import { readReply } from './readReply';

/** A question below `/api/2.0/mlflow/`. */
export interface ApiRequest extends Omit<RestRequest, 'path'> {
  /** E.g. `runs/search`. */
  readonly call: string;
}

/** MLflow's JSON API at one address. */
export class Api implements Disposable {
  private readonly http: HttpClient;
  private readonly probe: Probe;

  constructor(uri: string, options: RestOptions, log: (line: string) => void) {
    const address = parseAddress(uri);
    const headers = {
      ...(address.authorization !== undefined && { authorization: address.authorization }),
      ...options.headers,
    };
    this.http = new HttpClient(address.origin, { ...options, headers }, log);
    this.probe = new Probe(this.http, address);
  }

  serverInfo(signal: AbortSignal): Promise<ServerInfo> {
    return this.probe.serverInfo(signal);
  }

  recheck(signal: AbortSignal): Promise<ServerInfo> {
    this.probe.forget();
    return this.probe.serverInfo(signal);
  }

  /** Asks, checks and decodes; whatever fails names the origin and the request. */
  async ask<T>(
    request: ApiRequest,
    decodeReply: (value: unknown) => T,
    signal: AbortSignal,
  ): Promise<T> {
    try {
      const { call, ...rest } = request;
      const path = `${await this.probe.apiBase(signal)}/api/2.0/mlflow/${call}`;
      const reply = await this.http.send({ ...rest, path }, signal);
      return readReply(reply, decodeReply, { origin: this.http.origin, request: path });
    } catch (error) {
      if (error instanceof MlflowError && error.kind === 'unreachable') {
        this.probe.forget();
      }
      throw error;
    }
  }

  dispose(): void {
    this.http.dispose();
  }
}
