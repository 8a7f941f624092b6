import { ConnectionGone } from '../mlflow/connectionGone';
import type { TrackingStore } from '../mlflow/trackingStore';
import type { Session } from './session';
import type { Sessions } from './sessions';

/** The store of one session, whatever connection it has just now. */
export class SessionStore {
  constructor(
    private readonly sessions: Sessions,
    /** Id of the session. */
    readonly id: string,
  ) {}

  get session(): Session | undefined {
    return this.sessions.get(this.id);
  }

  /** Why the server refuses who asks; `undefined` where it does not. */
  get refusal(): Error | undefined {
    return this.session?.isRefused ? this.session.health.failure : undefined;
  }

  /** The store, whose connection is opened if need be. */
  async open(): Promise<TrackingStore> {
    await this.sessions.ensure();
    const status = await this.session?.connection.ensure();
    if (status?.kind === 'failed') {
      throw status.error;
    }
    const store = this.session?.store;
    if (store === undefined) {
      throw new ConnectionGone(this.id);
    }
    return store;
  }

  /** Asks the store, and once more if the connection was opened anew meanwhile. */
  async ask<T>(work: (store: TrackingStore) => Promise<T>, signal: AbortSignal): Promise<T> {
    const store = await this.open();
    signal.throwIfAborted();
    try {
      return await work(store);
    } catch (error) {
      if (signal.aborted || this.session === undefined || this.session.store === store) {
        throw error;
      }
    }
    const anew = await this.open();
    signal.throwIfAborted();
    return work(anew);
  }
}
