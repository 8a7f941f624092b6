import type { Disposable } from '../base/disposable';
import { EventSource } from '../base/event';
import { ArtifactFolders, type ShownFolder } from './artifactFolders';
import { ChangeLoop } from './changeLoop';
import { Connection, type ConnectionStatus, type OpenedConnection } from './connection';
import type { Found } from '../mlflow/found';
import type { Run } from '../mlflow/model';
import type { ServerInfo, TrackingStore } from '../mlflow/trackingStore';
import { Experiments } from './experiments';
import { Health, watched } from './health';
import { Models } from './models';
import { ModelWrites } from './modelWrites';
import { sameFacts } from './pagedList';
import { RefreshLoop } from './refreshLoop';
import { registryElsewhere } from './registryElsewhere';
import type { SessionOptions } from './sessionOptions';
import { Writes } from './writes';

/** Somebody beside the view who wants to know of changes that a store tells. */
export interface Follower {
  /** Experiments whose runs matter. */
  readonly experimentIds: () => readonly string[];
  /** Reads anew what may have changed; what fails is the follower's to show. */
  readonly refresh: (signal: AbortSignal) => Promise<void>;
}

/** One connection of a window, its experiments and models, and what is in sight of them. */
export class Session implements Disposable {
  readonly connection: Connection;
  /** How the server behind the connection answers. */
  readonly health = new Health();
  private readonly loop: RefreshLoop;
  private readonly changeLoop: ChangeLoop;
  /** Rows stay expanded while their things are read anew, so this outlives a connection. */
  private readonly expanded = new Set<string>();
  private shownFolders: readonly ShownFolder[] = [];
  private readonly changes = new EventSource<void>();
  private currentExperiments: Experiments | undefined;
  private currentModels: Models | undefined;
  private currentWrites: Writes | undefined;
  private currentModelWrites: ModelWrites | undefined;
  private currentArtifacts: ArtifactFolders | undefined;
  private readonly informed = new EventSource<void>();
  private readonly reloads = new EventSource<void>();
  private readonly ends = new EventSource<readonly Run[]>();
  private currentInfo: ServerInfo | undefined;
  private visible = false;
  /** Ends what is read for the sake of somebody who looks. */
  private looking = new AbortController();
  private readAt = 0;
  private readonly followers = new Set<Follower>();
  private currentStore: TrackingStore | undefined;
  private currentRegistry: TrackingStore | undefined;

  /** Experiments and models are others now, or gone. */
  readonly onDidReplace = this.changes.event;
  /** What the server can do was found to have changed, or what was deleted last. */
  readonly onDidChangeInfo = this.informed.event;

  /** Somebody wants everything that is shown read anew. */
  readonly onDidReload = this.reloads.event;

  /** Runs that were in progress in sight, or watched, have ended: all those that one refresh found. */
  readonly onDidEndRuns = this.ends.event;

  constructor(private readonly options: SessionOptions) {
    this.connection = new Connection(options.open);
    this.loop = new RefreshLoop({
      interval: options.refreshInterval,
      isNeeded: () =>
        !this.isRefused &&
        (this.currentExperiments?.isWatching === true ||
          (this.visible && this.currentArtifacts?.showsLive === true) ||
          (!this.tellsChanges && this.liveExperiments().length > 0)),
      refresh: async (signal) => {
        this.readAt = this.visible ? Date.now() : this.readAt;
        const follow = this.currentArtifacts?.followLive();
        await this.currentExperiments?.refreshLive(this.liveExperiments(), signal);
        await follow?.();
      },
    });
    this.changeLoop = new ChangeLoop({
      isNeeded: () =>
        this.tellsChanges &&
        (this.visible || this.followers.size > 0) &&
        options.refreshInterval() > 0,
      next: async (signal) => this.opened?.store.nextChange(this.followedExperiments(), signal),
      refresh: async (signal) => {
        await Promise.all([
          this.visible && this.followShown(signal),
          ...[...this.followers].map((follower) => follower.refresh(signal)),
        ]);
      },
    });
    this.connection.onDidChange((status) => this.take(status));
    this.health.onDidChange((failure) => {
      if (failure === undefined) {
        void this.recheck();
      }
      this.loop.poke();
    });
  }

  get id(): string {
    return this.options.id;
  }

  /** What is connected to, without credentials. */
  get name(): string {
    return this.options.name;
  }

  /** How the window came by it. */
  get found(): Found | undefined {
    return this.options.found?.();
  }

  /** What the server is and can do, as it was last found. */
  get info(): ServerInfo | undefined {
    return this.currentInfo;
  }

  /** The store of the open connection; how it answers shows in {@link health}. */
  get store(): TrackingStore | undefined {
    return this.currentStore;
  }

  /** Where the registered models are, and the files of their versions; absent until the connection is open. */
  get registry(): TrackingStore | undefined {
    return this.currentRegistry;
  }

  /** Whether the store says by itself when it has changed. */
  get tellsChanges(): boolean {
    return this.currentInfo?.can.watching === true;
  }

  /** A server that refuses the sign-in would count every further try against the account. */
  get isRefused(): boolean {
    return this.health.failure?.kind === 'unauthorized';
  }

  /** The experiments of the open connection. */
  get experiments(): Experiments | undefined {
    return this.currentExperiments;
  }

  /** The registered models of the open connection. */
  get models(): Models | undefined {
    return this.currentModels;
  }

  /** The folders of artifacts of the open connection that were looked at. */
  get artifacts(): ArtifactFolders | undefined {
    return this.currentArtifacts;
  }

  /** Changes experiments and runs of the open connection. */
  get writes(): Writes | undefined {
    return this.currentWrites;
  }

  /** Changes registered models of the open connection. */
  get modelWrites(): ModelWrites | undefined {
    return this.currentModelWrites;
  }

  /** Whether trying again would be in vain until the connection is opened anew. */
  get isLost(): boolean {
    const { status } = this.connection;
    return status.kind === 'ready' && status.opened.isLost();
  }

  /** Whether a refresh is due some time from now; false whenever nothing visible is running. */
  get isWaiting(): boolean {
    return this.loop.isWaiting;
  }

  /** Whether the Experiments view can be seen. Coming back into sight after a while, it is read anew. */
  setVisible(visible: boolean): void {
    const returned = visible && !this.visible;
    this.visible = visible;
    if (!visible) {
      this.looking.abort();
      this.looking = new AbortController();
      // What is under way may be read for the sake of what was in sight.
      this.loop.restart();
    } else if (returned) {
      this.freshenIfStale();
    }
    this.loop.poke();
    if (this.followers.size > 0) {
      this.changeLoop.restart();
    } else {
      this.changeLoop.poke();
    }
  }

  /** Reads the expanded experiments anew when they were last read longer ago than the interval. */
  freshenIfStale(): void {
    const interval = this.options.refreshInterval() * 1000;
    const isStale = interval > 0 && Date.now() - this.readAt >= interval;
    if (!this.visible || !isStale || this.isRefused) {
      return;
    }
    this.readAt = Date.now();
    const { signal } = this.looking;
    // What fails here stands in the list it belongs to, where the tree shows it.
    this.currentExperiments
      ?.refreshLive(this.expanded, signal)
      .catch(() => {
        this.readAt = signal.aborted ? 0 : this.readAt;
      })
      .finally(() => this.loop.poke());
  }

  setExpanded(experimentId: string, expanded: boolean): void {
    if (expanded) {
      this.expanded.add(experimentId);
    } else {
      this.expanded.delete(experimentId);
    }
    this.loop.poke();
    this.changeLoop.restart();
  }

  /** Which folders of artifacts somebody sees the inside of. */
  setShownFolders(shown: readonly ShownFolder[]): void {
    this.shownFolders = shown;
    this.loop.poke();
  }

  /** Follows what a store tells by itself, in sight or not, until the returned disposable ends it. */
  follow(follower: Follower): Disposable {
    this.followers.add(follower);
    this.changeLoop.restart();
    return {
      dispose: () => {
        if (this.followers.delete(follower)) {
          this.changeLoop.restart();
        }
      },
    };
  }

  /** Runs were read: whether they need refreshing may have changed. */
  noteRead(): void {
    this.readAt = Date.now();
    this.loop.poke();
  }

  /** The interval is another now. */
  restartRefreshing(): void {
    this.loop.restart();
    this.changeLoop.restart();
  }

  /** Reads everything that is shown anew; a connection that failed is opened anew. */
  async reload(): Promise<void> {
    this.reloads.fire();
    if (this.connection.status.kind === 'ready' && !this.isLost) {
      await Promise.all([
        this.recheck(),
        this.currentExperiments?.reload(),
        this.currentModels?.reload(),
        this.currentArtifacts?.reload(),
      ]);
      this.noteRead();
    } else {
      this.reconnect();
    }
  }

  /**
   * Tries again whatever failed: what kept one list from being read, such as a server that was down,
   * mostly kept others too.
   */
  async retryFailed(): Promise<void> {
    if (this.connection.status.kind === 'ready' && !this.isLost) {
      await Promise.all([
        this.currentExperiments?.retryFailed(),
        this.currentModels?.retryFailed(),
        this.currentArtifacts?.retryFailed(),
      ]);
      this.noteRead();
    } else {
      this.reconnect();
    }
  }

  /** Opens the connection anew, e.g. because a setting changed. */
  reconnect(): void {
    this.connection.reset();
  }

  dispose(): void {
    this.looking.abort();
    this.loop.dispose();
    this.changeLoop.dispose();
    this.connection.dispose();
    this.forget();
    [this.changes, this.informed, this.reloads].forEach((events) => events.dispose());
    this.ends.dispose();
    this.health.dispose();
  }

  private get opened(): OpenedConnection | undefined {
    const { status } = this.connection;
    return status.kind === 'ready' ? status.opened : undefined;
  }

  private async followShown(signal: AbortSignal): Promise<void> {
    this.readAt = Date.now();
    const follow = this.currentArtifacts?.followLive();
    await Promise.all([
      this.currentExperiments?.follow(this.expanded, signal),
      this.currentModels?.follow(),
    ]);
    await follow?.();
  }

  private followedExperiments(): readonly string[] {
    const others = [...this.followers].flatMap(({ experimentIds }) => experimentIds());
    return [...new Set([...(this.visible ? this.expanded : []), ...others])];
  }

  /** Finds out whether the server is another version now; what fails here shows where it matters. */
  private async recheck(): Promise<void> {
    const { status } = this.connection;
    if (status.kind !== 'ready') {
      return;
    }
    try {
      const info = await status.opened.store.recheck(new AbortController().signal);
      if (this.connection.status === status && !sameFacts(info, this.currentInfo)) {
        this.currentInfo = info;
        this.informed.fire();
      }
    } catch {
      return;
    }
  }

  /** Experiments in sight whose runs still change by themselves. */
  private liveExperiments(): readonly string[] {
    return this.visible ? (this.currentExperiments?.withLiveRuns(this.expanded) ?? []) : [];
  }

  private take(status: ConnectionStatus): void {
    if (status.kind === 'ready') {
      const { opened } = status;
      const { memory, pageSize } = this.options;
      const store = watched(opened.store, this.health);
      const registry =
        opened.registry === opened.store ? store : registryElsewhere(opened.registry, store);
      this.currentInfo = opened.info;
      this.currentStore = store;
      this.currentRegistry = registry;
      this.currentExperiments = new Experiments({
        store,
        serverName: opened.name,
        memory,
        pageSize,
      });
      this.currentModels = new Models(registry, { memory, serverName: opened.name });
      this.currentModelWrites = new ModelWrites(registry, this.currentModels);
      this.currentArtifacts = new ArtifactFolders({
        ...{ store, registry },
        info: () => this.currentInfo ?? opened.info,
        shown: () => this.shownFolders,
        run: ({ experimentId, runId }) => this.currentExperiments?.runs(experimentId).run(runId),
      });
      this.currentWrites = new Writes(store, this.currentExperiments);
      this.currentWrites.onDidChange(() => this.informed.fire());
      this.currentExperiments.onDidChange(() => this.loop.poke());
      this.currentExperiments.onDidEnd((runs) => this.ends.fire(runs));
      this.changeLoop.restart();
    } else if (status.kind === 'idle') {
      this.forget();
      this.changes.fire();
    }
  }

  private forget(): void {
    const parts = [this.currentExperiments, this.currentModels, this.currentArtifacts];
    parts.forEach((part) => part?.dispose());
    this.currentArtifacts = undefined;
    this.currentExperiments = undefined;
    this.currentModels = undefined;
    this.currentWrites = undefined;
    this.currentModelWrites = undefined;
    this.currentStore = undefined;
    this.currentRegistry = undefined;
    this.currentInfo = undefined;
    this.health.reset();
    this.loop.poke();
    this.changeLoop.poke();
  }
}
