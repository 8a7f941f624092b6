import type { Disposable } from '../base/disposable';
import { EventSource } from '../base/event';
import { isAbortError } from '../mlflow/errors';
import type { ServerInfo, TrackingStore } from '../mlflow/trackingStore';

/** Stores that answered, and what is known about them. */
export interface OpenedConnection extends Disposable {
  /** The tracking URI without credentials: for display, and to remember choices by. */
  readonly name: string;
  readonly store: TrackingStore;
  /** Where registered models live; mostly the same store. */
  readonly registry: TrackingStore;
  readonly info: ServerInfo;
  readonly access?: Access | undefined;
  /** Why a store on this machine is read through a server of our own. */
  readonly servedBecause?: string | undefined;
  /** Starts MLflow's own pages for a store that has no server; resolves to their address. */
  readonly pages?: ((signal: AbortSignal) => Promise<string>) | undefined;
  /** Whether it can only be opened anew, e.g. because a server of our own has ended. */
  isLost(): boolean;
}

/** What a person should know about how a server is reached. */
export interface Access {
  /** Who is signed in: a user name, or an empty text for a token; absent for nobody. */
  readonly account: string | undefined;
  /** Any certificate is taken, so anybody in between can listen. */
  readonly insecure: boolean;
  /** A saved sign-in was not sent, since the workspace chose the server. */
  readonly withheld: boolean;
}

export type ConnectionStatus =
  | { readonly kind: 'idle' | 'none' | 'connecting' }
  | { readonly kind: 'ready'; readonly opened: OpenedConnection }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Finds out what to connect to and opens it; `undefined` when there is nothing. */
export type OpenConnection = (signal: AbortSignal) => Promise<OpenedConnection | undefined>;

/** The one connection of a window: opened when first asked for, opened anew after {@link reset}. */
export class Connection implements Disposable {
  private current: ConnectionStatus = { kind: 'idle' };
  private controller = new AbortController();
  private disposed = false;
  private opening: Promise<ConnectionStatus> | undefined;
  private readonly changes = new EventSource<ConnectionStatus>();

  readonly onDidChange = this.changes.event;

  constructor(private readonly open: OpenConnection) {}

  get status(): ConnectionStatus {
    return this.current;
  }

  /** Opens the connection unless that was tried before; resolves to what came of it. */
  async ensure(): Promise<ConnectionStatus> {
    if (this.current.kind === 'idle' && !this.disposed) {
      this.opening = this.connect();
    }
    return (await this.opening) ?? this.current;
  }

  /** Forgets the connection; the next {@link ensure} opens it anew. */
  reset(): void {
    this.controller.abort();
    this.controller = new AbortController();
    this.opening = undefined;
    const previous = this.current;
    this.set({ kind: 'idle' });
    if (previous.kind === 'ready') {
      previous.opened.dispose();
    }
  }

  dispose(): void {
    this.disposed = true;
    this.reset();
    this.changes.dispose();
  }

  private async connect(): Promise<ConnectionStatus> {
    const { signal } = this.controller;
    this.set({ kind: 'connecting' });
    const status = await this.attempt(signal);
    if (signal.aborted) {
      if (status.kind === 'ready') {
        status.opened.dispose();
      }
      return this.ensure();
    }
    this.set(status);
    return status;
  }

  private async attempt(signal: AbortSignal): Promise<ConnectionStatus> {
    try {
      const opened = await this.open(signal);
      return opened === undefined ? { kind: 'none' } : { kind: 'ready', opened };
    } catch (error) {
      return isAbortError(error) && !signal.aborted ? { kind: 'none' } : { kind: 'failed', error };
    }
  }

  private set(status: ConnectionStatus): void {
    this.current = status;
    this.changes.fire(status);
  }
}
