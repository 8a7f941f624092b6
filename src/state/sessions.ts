import type { Disposable } from '../base/disposable';
import { EventSource } from '../base/event';
import { isAbortError } from '../mlflow/errors';
import type { Run } from '../mlflow/model';
import type { Found } from '../mlflow/found';
import type { OpenConnection } from './connection';
import { Session } from './session';
import type { SessionOptions } from './sessionOptions';

/** One thing to connect to. */
export interface Endpoint {
  /** The same for the same thing, whenever it is looked for. */
  readonly id: string;
  /** For display: no secret is in it. */
  readonly name: string;
  readonly open: OpenConnection;
  readonly found?: Found | undefined;
}

export interface SessionsOptions extends Omit<SessionOptions, keyof Endpoint> {
  /** Finds out what to connect to; asked when a view first wants to know, and after a reset. */
  readonly findEndpoints: (signal: AbortSignal) => Promise<readonly Endpoint[]>;
}

/** Runs of one connection that ended. */
export interface EndedRuns {
  readonly session: Session;
  readonly runs: readonly Run[];
}

/** What a window is connected to: mostly one server, several where its folders name several. */
export class Sessions implements Disposable {
  private readonly changes = new EventSource<void>();
  private readonly replacements = new EventSource<void>();
  private readonly ends = new EventSource<EndedRuns>();
  private readonly reloads = new EventSource<Session>();
  private readonly followed = new Map<Session, readonly Disposable[]>();
  private endpoints = new Map<string, Endpoint>();
  private sessions: readonly Session[] = [];
  private looking: Promise<readonly Session[]> | undefined;
  private controller = new AbortController();
  private found = false;
  private chosen: Session | undefined;
  private visible = false;
  private disposed = false;

  /** The sessions are others, or one of them is in another state: connection, health, version. */
  readonly onDidChange = this.changes.event;
  /** Experiments and models of a session are other objects now, or gone; or the sessions are others. */
  readonly onDidReplace = this.replacements.event;

  /** Runs that were in progress in sight, or watched, have ended: all those that one refresh found. */
  readonly onDidEndRuns = this.ends.event;

  /** Somebody wants everything that is shown of a session read anew. */
  readonly onDidReload = this.reloads.event;

  constructor(private readonly options: SessionsOptions) {}

  /** The sessions as far as they are known; {@link ensure} finds them. */
  get all(): readonly Session[] {
    return this.sessions;
  }

  /** The session that is meant where nothing says which. */
  get active(): Session | undefined {
    return this.chosen ?? this.sessions[0];
  }

  /** Whether somebody asked, and the answer is still being found. */
  get areSought(): boolean {
    return !this.found && this.looking !== undefined;
  }

  /** Whether it is known what to connect to. */
  get areFound(): boolean {
    return this.found;
  }

  /** The session with this id; without one the active session. */
  get(id: string | undefined): Session | undefined {
    return id === undefined ? this.active : this.sessions.find((session) => session.id === id);
  }

  /** Makes `session` the one that is meant where nothing says which. */
  activate(session: Session): void {
    if (this.chosen !== session && this.sessions.includes(session)) {
      this.chosen = session;
      this.changes.fire();
    }
  }

  /** Finds what to connect to, unless that was done before; opens nothing. */
  ensure(): Promise<readonly Session[]> {
    if (this.found || this.disposed) {
      return Promise.resolve(this.sessions);
    }
    if (this.looking === undefined) {
      this.looking = this.look(this.controller.signal);
      this.changes.fire();
    }
    return this.looking;
  }

  /** Looks anew for what to connect to; what is still meant stays as it is, open connections included. */
  async lookAgain(): Promise<readonly Session[]> {
    const former = this.sessions;
    this.controller.abort();
    this.controller = new AbortController();
    this.looking = undefined;
    this.found = false;
    const now = await this.ensure();
    if (now.length !== former.length || now.some((session) => !former.includes(session))) {
      this.replacements.fire();
    }
    return now;
  }

  /** Looks anew for what to connect to, and connects anew. What is the same stays the same object. */
  reset(): void {
    this.controller.abort();
    this.controller = new AbortController();
    this.looking = undefined;
    this.found = false;
    this.sessions.forEach((session) => session.reconnect());
    this.changes.fire();
    this.replacements.fire();
  }

  /** Whether the Experiments view can be seen. */
  setVisible(visible: boolean): void {
    this.visible = visible;
    this.sessions.forEach((session) => session.setVisible(visible));
  }

  /** Reads what went stale while nobody looked. */
  freshenIfStale(): void {
    this.sessions.forEach((session) => session.freshenIfStale());
  }

  /** The interval of refreshes is another now. */
  restartRefreshing(): void {
    this.sessions.forEach((session) => session.restartRefreshing());
  }

  dispose(): void {
    this.disposed = true;
    this.controller.abort();
    this.sessions.forEach((session) => this.forget(session));
    this.sessions = [];
    this.changes.dispose();
    this.replacements.dispose();
    this.ends.dispose();
    this.reloads.dispose();
  }

  private async look(signal: AbortSignal): Promise<readonly Session[]> {
    const endpoints = await this.findEndpoints(signal);
    if (signal.aborted) {
      return this.ensure();
    }
    this.endpoints = new Map(endpoints.map((endpoint) => [endpoint.id, endpoint]));
    const former = this.sessions;
    this.sessions = [...this.endpoints.values()].map(
      (endpoint) => former.find(({ id }) => id === endpoint.id) ?? this.follow(endpoint),
    );
    former
      .filter((session) => !this.sessions.includes(session))
      .forEach((session) => this.forget(session));
    this.found = true;
    this.changes.fire();
    return this.sessions;
  }

  private async findEndpoints(signal: AbortSignal): Promise<readonly Endpoint[]> {
    try {
      return await this.options.findEndpoints(signal);
    } catch (error) {
      this.looking = undefined;
      if (signal.aborted && isAbortError(error)) {
        return [];
      }
      throw error;
    }
  }

  private follow(endpoint: Endpoint): Session {
    const { id, name } = endpoint;
    // How a known endpoint is opened may differ by the time it is opened anew.
    const open: OpenConnection = async (signal) => this.endpoints.get(id)?.open(signal);
    const session = new Session({
      ...this.options,
      id,
      name,
      open,
      found: () => this.endpoints.get(id)?.found,
    });
    const changed = (): void => this.changes.fire();
    this.followed.set(session, [
      session.onDidReplace(() => this.replacements.fire()),
      session.connection.onDidChange(changed),
      session.health.onDidChange(changed),
      session.onDidChangeInfo(changed),
      session.onDidReload(() => this.reloads.fire(session)),
      session.onDidEndRuns((runs) => this.ends.fire({ session, runs })),
    ]);
    session.setVisible(this.visible);
    return session;
  }

  private forget(session: Session): void {
    this.followed.get(session)?.forEach((listener) => listener.dispose());
    this.followed.delete(session);
    if (this.chosen === session) {
      this.chosen = undefined;
    }
    session.dispose();
  }
}
