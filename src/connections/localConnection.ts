import { MlflowError } from '../mlflow/errors';
import { isWrite, type TrackingStore } from '../mlflow/trackingStore';
import type { RunningServer } from './ownedServers';
import { wrapped } from '../mlflow/wrappedStore';

export interface LocalConnectionOptions {
  /** Where the store lies, for what is said about it. */
  readonly path: string;
  /** The store, read in its place. */
  readonly store: TrackingStore;
  /** A server of our own for it: the one that runs, or a new one. */
  server(purpose: 'change' | 'pages' | 'artifacts', signal: AbortSignal): Promise<RunningServer>;
  openServer(url: string): TrackingStore;
}

/** A store on this machine: reads are ours, and writes are made by MLflow, in a server that the first one starts. */
export class LocalConnection {
  /** Reads in place, writes through the server. */
  readonly store: TrackingStore;
  private lost = false;
  private behind: { readonly server: RunningServer; readonly store: TrackingStore } | undefined;

  constructor(private readonly options: LocalConnectionOptions) {
    this.store = wrapped(options.store, async (name, ask, signal) => {
      try {
        return await this.carryOut(name, ask, signal);
      } catch (error) {
        if (isBeyondUs(error) || isGone(error)) {
          await this.checkStanding(signal);
        }
        throw named(error, options.path);
      }
    });
  }

  /** Whether the store was found to be gone, or to have become one that only MLflow can read. */
  get isLost(): boolean {
    return this.lost;
  }

  /** Address of MLflow's own pages for the store. */
  async pages(signal: AbortSignal): Promise<string> {
    return (await this.options.server('pages', signal)).url;
  }

  dispose(): void {
    this.options.store.dispose();
    this.behind?.store.dispose();
  }

  /** Files of a run are its own to write; what lies elsewhere, in a bucket, say, MLflow itself may reach. */
  private async carryOut(
    name: keyof TrackingStore,
    ask: (other?: TrackingStore) => Promise<unknown>,
    signal: AbortSignal,
  ): Promise<unknown> {
    if (isWrite(name) && name !== 'logArtifact') {
      return ask(await this.behindServer('change', signal));
    }
    try {
      return await ask();
    } catch (error) {
      if (!isWithinReachOfMlflow(error)) {
        throw error;
      }
      const purpose = name === 'logArtifact' ? 'change' : 'artifacts';
      return ask(await this.behindServer(purpose, signal));
    }
  }

  /** Whether it was the store, or only what was asked of it. */
  private async checkStanding(signal: AbortSignal): Promise<void> {
    try {
      await this.options.store.serverInfo(signal);
    } catch (error) {
      this.lost ||= isBeyondUs(error) || isGone(error);
    }
  }

  private async behindServer(
    purpose: 'change' | 'artifacts',
    signal: AbortSignal,
  ): Promise<TrackingStore> {
    const server = await this.options.server(purpose, signal);
    if (this.behind?.server !== server) {
      this.behind?.store.dispose();
      this.behind = { server, store: this.options.openServer(server.url) };
    }
    return this.behind.store;
  }
}

/** Whether a store says that it has to be read through a server. */
export function isBeyondUs(error: unknown): error is MlflowError {
  return error instanceof MlflowError && error.kind === 'unsupported' && error.reason === 'feature';
}

/** Addresses of a server are another server's, which ours cannot stand in for. */
function isWithinReachOfMlflow(error: unknown): boolean {
  const root = error instanceof MlflowError && error.reason === 'artifacts' && error.detail.rootUri;
  return (
    root !== false && /^(?!file:|https?:|mlflow-artifacts:)[a-z][a-z0-9+.-]+:/i.test(root ?? '')
  );
}

function isGone(error: unknown): boolean {
  return error instanceof MlflowError && error.kind === 'notFound';
}

/** The same error, which says where. */
export function named(error: unknown, path: string): unknown {
  return error instanceof MlflowError && error.detail.origin === undefined
    ? new MlflowError(error.kind, error.reason, { ...error.detail, origin: path, isLocal: true })
    : error;
}
