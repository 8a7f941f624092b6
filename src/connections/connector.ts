import type { Log } from '../base/log';
import { MlflowError } from '../mlflow/errors';
import { withoutUserInfo } from '../mlflow/signIn';
import { displayUri, parseTrackingUri, type TrackingUri } from '../mlflow/trackingUri';
import type { TrackingStore } from '../mlflow/trackingStore';
import type { Transport } from '../mlflow/transport';
import type { Access, OpenedConnection } from '../state/connection';
import { anchored, type ResolvedUri } from './findConnections';
import type { OwnedStore } from './ownedServers';

/** How a server is spoken to, and what a person should know about it. */
export interface Reach {
  readonly transport: Transport;
  readonly access: Access;
}

/** A server of our own, as far as a connection needs it. */
export interface RunningServer {
  readonly url: string;
  readonly hasEnded: boolean;
}

export interface ConnectorOptions {
  openStore(uri: string, transport: Transport): TrackingStore;
  /** Credentials, certificates, proxy and headers for a server; rejects with an `MlflowError`. */
  reach(server: ResolvedUri, signal: AbortSignal): Promise<Reach>;
  ownedServer(store: OwnedStore, signal: AbortSignal): Promise<RunningServer>;
  /** Where registered models live, by the settings that go with a connection; `undefined` for the tracking server itself. */
  registryFor(tracking: ResolvedUri): Promise<ResolvedUri | undefined>;
  readonly log: Log;
}

interface OpenedStore {
  readonly store: TrackingStore;
  readonly access: Access;
  /** The server of our own behind it. */
  readonly server: RunningServer | undefined;
}

/** A server of our own is reached directly. */
const direct: Reach = {
  transport: {},
  access: { account: undefined, insecure: false, withheld: false },
};

/** Opens what was found to connect to. */
export class Connector {
  constructor(private readonly options: ConnectorOptions) {}

  async open(resolved: ResolvedUri, signal: AbortSignal): Promise<OpenedConnection> {
    const name = displayUri(resolved.uri.uri);
    this.options.log.info(`connecting to ${name} (${resolved.origin})`);
    const { store, access, server } = await this.openStore(resolved, signal);
    try {
      const info = await store.serverInfo(signal);
      const registry = await this.openRegistry(resolved, signal);
      const servers = [server, registry?.server];
      return {
        name,
        store,
        registry: registry?.store ?? store,
        info,
        access,
        isLost: () => servers.some((owned) => owned?.hasEnded === true),
        dispose: () => {
          store.dispose();
          registry?.store.dispose();
        },
      };
    } catch (error) {
      store.dispose();
      throw error;
    }
  }

  private async openStore(resolved: ResolvedUri, signal: AbortSignal): Promise<OpenedStore> {
    const { url, server } = await this.address(resolved.uri, resolved.folder, signal);
    const { transport, access } =
      server === undefined ? await this.options.reach(resolved, signal) : direct;
    signal.throwIfAborted();
    const store = this.options.openStore(withoutUserInfo(url), transport);
    return { store: access.withheld ? sayingUnapproved(store) : store, access, server };
  }

  /** A registry that cannot be opened says so in its own view; the experiments do not suffer. */
  private async openRegistry(
    tracking: ResolvedUri,
    signal: AbortSignal,
  ): Promise<Pick<OpenedStore, 'store' | 'server'> | undefined> {
    try {
      const registry = await this.options.registryFor(tracking);
      return registry === undefined ? undefined : await this.openStore(registry, signal);
    } catch (error) {
      signal.throwIfAborted();
      return { store: failingStore(error), server: undefined };
    }
  }

  /** The http(s) address behind a tracking URI; a store without a server gets one of our own. */
  private async address(
    uri: TrackingUri,
    folder: string | undefined,
    signal: AbortSignal,
  ): Promise<{ readonly url: string; readonly server?: RunningServer }> {
    switch (uri.kind) {
      case 'http':
        return { url: uri.uri };
      case 'unsupported':
        throw new MlflowError('unsupported', 'scheme', { origin: displayUri(uri.uri) });
      default: {
        const backend = uri.kind === 'files' ? uri.path : uri.uri;
        const path = uri.kind === 'database' ? undefined : uri.path;
        const server = await this.options.ownedServer({ backend, path, folder }, signal);
        return { url: server.url, server };
      }
    }
  }
}

/** A registry URI found in the settings or the environment; relative paths count from `folder`. */
export function registryUri(
  text: string,
  tracking: ResolvedUri,
  folder: string | undefined,
): ResolvedUri {
  return { ...tracking, uri: anchored(parseTrackingUri(text), folder) };
}

/** The same store; where the server wants a sign-in, it says that one was kept back. */
function sayingUnapproved(store: TrackingStore): TrackingStore {
  return wrapped(store, async (answer) => {
    try {
      return await answer();
    } catch (error) {
      throw error instanceof MlflowError && error.reason === 'signIn'
        ? new MlflowError(error.kind, 'unapproved', error.detail)
        : error;
    }
  });
}

/** A store whose every request rejects with `error`. */
function failingStore(error: unknown): TrackingStore {
  const failure = error instanceof Error ? error : new Error(String(error));
  return wrapped({ dispose: () => undefined } as TrackingStore, () => Promise.reject(failure));
}

type Ask = (...args: unknown[]) => Promise<unknown>;

/** A store each of whose requests goes through `around`. */
function wrapped(
  store: TrackingStore,
  around: (answer: () => Promise<unknown>) => Promise<unknown>,
): TrackingStore {
  return new Proxy(store, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (name === 'dispose' || typeof name === 'symbol' || name === 'then') {
        return member;
      }
      const ask = member as Ask;
      return (...args: unknown[]) => around(() => ask.apply(target, args));
    },
  });
}
