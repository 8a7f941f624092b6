import type { Log } from '../base/log';
import { MlflowError } from '../mlflow/errors';
import { namedBy, type UriOrigin } from '../mlflow/found';
import { withoutUserInfo } from '../mlflow/signIn';
import { displayUri, parseTrackingUri } from '../mlflow/trackingUri';
import type { ServerInfo, TrackingStore } from '../mlflow/trackingStore';
import type { Transport } from '../mlflow/transport';
import { wrapped } from '../mlflow/wrappedStore';
import type { Access, OpenedConnection } from '../state/connection';
import { anchored, type ResolvedUri } from './findConnections';
import { isBeyondUs, LocalConnection, named } from './localConnection';
import type { OwnedStore, RunningServer } from './ownedServers';

/** How a server is spoken to, and what a person should know about it. */
export interface Reach {
  readonly transport: Transport;
  readonly access: Access;
}

export interface ConnectorOptions {
  openStore(uri: string, transport: Transport): TrackingStore;
  /** Credentials, certificates, proxy and headers for a server; rejects with an `MlflowError`. */
  reach(server: ResolvedUri, signal: AbortSignal): Promise<Reach>;
  ownedServer(store: OwnedStore, signal: AbortSignal): Promise<RunningServer>;
  /**
   * Rejects, saying what to do, where no store lies at a path: MLflow would make one, and looking must not. Where others
   * than the person named it, `from` is the folder that it was named in, and no other machine is looked at.
   */
  checkPresence(
    path: string,
    from: { readonly folder: string | undefined } | undefined,
  ): Promise<void>;
  /** Where registered models live, by the settings that go with a connection; `undefined` for the tracking server itself. */
  registryFor(tracking: ResolvedUri): Promise<ResolvedUri | undefined>;
  readonly log: Log;
}

interface OpenedStore {
  readonly store: TrackingStore;
  readonly access: Access;
  /** What the store can do, where opening it has told already. */
  readonly info?: ServerInfo;
  /** Whether it can only be opened anew. */
  isLost(): boolean;
  /** Why a store on this machine is read through a server of our own. */
  readonly servedBecause?: string | undefined;
  /** Starts MLflow's own pages for a store that has no server. */
  readonly pages?: ((signal: AbortSignal) => Promise<string>) | undefined;
  dispose(): void;
}

type Backend = Pick<OwnedStore, 'backend' | 'path' | 'folder'>;

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
    const tracking = await this.openStore(resolved, signal);
    try {
      const info = tracking.info ?? (await tracking.store.serverInfo(signal));
      const registry = await this.openRegistry(resolved, signal);
      return {
        name,
        store: tracking.store,
        registry: registry?.store ?? tracking.store,
        info,
        access: tracking.access,
        servedBecause: tracking.servedBecause,
        pages: tracking.pages,
        isLost: () => tracking.isLost() || registry?.isLost() === true,
        dispose: () => {
          tracking.dispose();
          registry?.dispose();
        },
      };
    } catch (error) {
      tracking.dispose();
      throw error;
    }
  }

  private openStore(resolved: ResolvedUri, signal: AbortSignal): Promise<OpenedStore> {
    const { uri, folder, origin } = resolved;
    switch (uri.kind) {
      case 'http':
        return this.openServer(resolved, signal);
      case 'sqlite':
        return this.openLocal({ backend: uri.uri, path: uri.path, folder }, origin, signal);
      case 'files':
        return this.openLocal({ backend: uri.path, path: uri.path, folder }, origin, signal);
      case 'database':
        return this.openOwned({ backend: uri.uri, path: undefined, folder }, signal);
      case 'unsupported':
        throw new MlflowError('unsupported', 'scheme', { origin: displayUri(uri.uri) });
    }
  }

  private async openServer(resolved: ResolvedUri, signal: AbortSignal): Promise<OpenedStore> {
    const { transport, access } = await this.options.reach(resolved, signal);
    signal.throwIfAborted();
    const opened = this.options.openStore(withoutUserInfo(resolved.uri.uri), transport);
    return {
      store: access.withheld ? sayingUnapproved(opened) : opened,
      access,
      isLost: () => false,
      dispose: () => opened.dispose(),
    };
  }

  /** A store on this machine is read in its place; one that cannot be, through a server of our own. */
  private async openLocal(
    where: Backend & { readonly path: string },
    origin: UriOrigin,
    signal: AbortSignal,
  ): Promise<OpenedStore> {
    const { folder } = where;
    await this.options.checkPresence(
      where.path,
      namedBy(origin) === 'person' ? undefined : { folder },
    );
    const local = new LocalConnection({
      path: where.path,
      store: this.options.openStore(where.backend, {}),
      server: (purpose, starting) => this.options.ownedServer({ ...where, purpose }, starting),
      openServer: (url) => this.options.openStore(url, direct.transport),
    });
    try {
      return {
        info: await local.store.serverInfo(signal),
        store: local.store,
        access: direct.access,
        pages: (starting) => local.pages(starting),
        isLost: () => local.isLost,
        dispose: () => local.dispose(),
      };
    } catch (error) {
      local.dispose();
      if (!isBeyondUs(error)) {
        throw named(error, where.path);
      }
      return this.openOwned(where, signal, error.detail.serverMessage);
    }
  }

  /** Through a server of our own; `because` says why a store on this machine needs one. */
  private async openOwned(
    where: Backend,
    signal: AbortSignal,
    because?: string,
  ): Promise<OpenedStore> {
    const owned = await this.options.ownedServer({ ...where, purpose: 'read', because }, signal);
    signal.throwIfAborted();
    const store = this.options.openStore(owned.url, direct.transport);
    return {
      store,
      access: direct.access,
      servedBecause: because,
      isLost: () => owned.hasEnded,
      dispose: () => store.dispose(),
    };
  }

  /** A registry that cannot be opened says so in its own view; the experiments do not suffer. */
  private async openRegistry(
    tracking: ResolvedUri,
    signal: AbortSignal,
  ): Promise<Pick<OpenedStore, 'store' | 'isLost' | 'dispose'> | undefined> {
    try {
      const registry = await this.options.registryFor(tracking);
      return registry === undefined ? undefined : await this.openStore(registry, signal);
    } catch (error) {
      signal.throwIfAborted();
      return { store: failingStore(error), isLost: () => false, dispose: () => undefined };
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
  return wrapped(store, async (_name, ask) => {
    try {
      return await ask();
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
  const nothing = { dispose: () => undefined } as TrackingStore;
  return wrapped(nothing, () => Promise.reject(failure));
}
