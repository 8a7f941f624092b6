import type { Disposable } from '../base/disposable';
import { isAbortError } from '../mlflow/errors';
import type { MetricHistory } from '../mlflow/model';
import { RefreshLoop } from './refreshLoop';
import { SeriesReader } from './seriesReader';
import type { Follower, Session } from './session';
import type { Sessions } from './sessions';
import { SessionStore } from './sessionStore';
import { TableExtremes, type Extremes } from './tableExtremes';
import type { TableScope } from './tableQuery';
import type { ReaderScope } from './tableReader';
import type { TableReading } from './tableReading';
import type { TableRow } from './tableRows';

export interface TableConnectionOptions {
  readonly scope: TableScope;
  readonly sessions: Sessions;
  /** Seconds between refreshes; 0 is never. */
  readonly refreshInterval: () => number;
  /** Whether what is in progress is to be followed: somebody wants it and sees it. */
  readonly isFollowing: () => boolean;
  readonly isSeen: () => boolean;
  /** What is shown just now. */
  readonly reading: () => TableReading | undefined;
  /** {@link TableConnection.trouble} is another. */
  readonly onTrouble: () => void;
}

/** One connection of a table: follows its runs while they are seen, and reads their series. */
export class TableConnection implements Disposable {
  readonly scope: ReaderScope;
  private readonly seriesReader: SeriesReader;
  private readonly controller = new AbortController();
  private readonly loop: RefreshLoop;
  private readonly stale = new Set<string>();
  /** The store told of a change that nothing was read for. */
  private isBehind = false;
  private known: { readonly of: TableReading; readonly extremes: TableExtremes } | undefined;
  private following: { readonly session: Session; readonly end: Disposable } | undefined;
  private currentTrouble: unknown;
  private deletedAt: number | undefined;
  private changed: ReadonlySet<string> = new Set();

  constructor(private readonly options: TableConnectionOptions) {
    const store = new SessionStore(options.sessions, options.scope.connection);
    this.scope = { ...options.scope, store };
    this.seriesReader = new SeriesReader(store);
    this.loop = new RefreshLoop({
      interval: options.refreshInterval,
      isNeeded: () =>
        this.isFollowing &&
        this.hasLive &&
        this.session?.tellsChanges !== true &&
        this.session?.isRefused !== true,
      refresh: (signal) => this.refresh(signal),
    });
  }

  /** Why the last refresh failed; `undefined` while all is well. */
  get trouble(): unknown {
    return this.currentTrouble;
  }

  /** Whether the store says by itself when it has changed. */
  get tellsChanges(): boolean {
    return this.session?.tellsChanges === true;
  }

  /** Reads these again, as far as they are of this connection, since they were changed. */
  readAgain(keys: readonly string[]): void {
    const rows = this.options.reading()?.rows;
    const own = keys.filter(
      (key) => rows?.lastKnown(key)?.place.connection === this.scope.connection,
    );
    own.forEach((key) => this.stale.add(key));
    this.changed = new Set([...this.changed, ...own]);
    this.readStale();
  }

  async extremes(
    reading: TableReading,
    row: TableRow,
    metric: string,
    signal: AbortSignal,
  ): Promise<Extremes | undefined> {
    const key = reading.rows.metricKeys.place(metric);
    if (!row.metrics.keys.includes(key)) {
      return undefined;
    }
    if (this.known?.of !== reading) {
      this.known = { of: reading, extremes: new TableExtremes() };
    }
    const { extremes } = this.known;
    return (
      extremes.get(row, key) ?? extremes.put(row, key, await this.series(row, key, metric, signal))
    );
  }

  /** Looks anew whether there is something to follow; call it whenever that may have changed. */
  poke(): void {
    if (this.controller.signal.aborted) {
      return;
    }
    this.noticeUndo();
    this.readStale();
    this.readAnew();
    this.loop.poke();
    const { session } = this;
    const tells = this.isFollowing && session?.tellsChanges === true ? session : undefined;
    if (this.following?.session !== tells) {
      this.following?.end.dispose();
      this.following = tells && { session: tells, end: tells.follow(this.follower) };
    }
    if (!this.isFollowing) {
      this.note(undefined);
    }
  }

  /** The interval is another now. */
  restartRefreshing(): void {
    this.loop.restart();
  }

  dispose(): void {
    this.controller.abort();
    this.loop.dispose();
    this.following?.end.dispose();
    this.following = undefined;
  }

  private series(
    row: TableRow,
    key: number,
    metric: string,
    signal: AbortSignal,
  ): Promise<MetricHistory> {
    const both = AbortSignal.any([signal, this.controller.signal]);
    const lastStep = row.metrics.steps[row.metrics.keys.indexOf(key)];
    return this.seriesReader.read(row.place.runId, metric, { whole: false }, lastStep, both);
  }

  private readonly follower: Follower = {
    experimentIds: () => this.scope.experimentIds,
    refresh: (signal) => this.refresh(signal),
  };

  private get session(): Session | undefined {
    return this.scope.store.session;
  }

  private get isFollowing(): boolean {
    return (
      !this.controller.signal.aborted &&
      this.options.isFollowing() &&
      this.options.reading() !== undefined
    );
  }

  private get hasLive(): boolean {
    const rows = this.options.reading()?.rows.all ?? [];
    return rows.some(({ isLive, place }) => isLive && place.connection === this.scope.connection);
  }

  /** What was changed from here and is deleted, or brought back, a moment later is read again, too. */
  private noticeUndo(): void {
    const at = this.session?.writes?.lastDeletion?.at;
    if (at !== this.deletedAt) {
      this.deletedAt = at;
      this.changed.forEach((key) => this.stale.add(key));
    }
  }

  private readStale(): void {
    const reading = this.options.reading();
    const { isBehind, stale } = this;
    if (
      reading === undefined ||
      reading.progress.standing === 'reading' ||
      (stale.size === 0 && !isBehind) ||
      this.session?.isRefused === true ||
      !this.options.isSeen()
    ) {
      return;
    }
    const keys = [...stale];
    stale.clear();
    this.isBehind = false;
    this.refreshed(reading.refresh(this.scope.connection, keys, this.controller.signal)).catch(
      () => {
        keys.forEach((key) => stale.add(key));
        this.isBehind ||= isBehind;
      },
    );
  }

  /** Where a connection is to be opened anew, e.g. with another sign-in, what failed before may not. */
  private readAnew(): void {
    const reading = this.options.reading();
    if (
      this.session?.connection.status.kind === 'idle' &&
      reading?.progress.standing === 'failed' &&
      this.options.isSeen()
    ) {
      void reading.readAgain().then(() => this.readStale());
    }
  }

  private async refresh(signal: AbortSignal): Promise<void> {
    const reading = this.options.reading();
    if (reading?.progress.standing === 'reading') {
      this.fallBehind();
      return;
    }
    const both = AbortSignal.any([signal, this.controller.signal]);
    try {
      await this.refreshed(reading?.refresh(this.scope.connection, [], both));
    } catch (error) {
      if (both.aborted || !isAbortError(error)) {
        throw error;
      }
      // Something else is shown by now, which may have been read before the change.
      this.fallBehind();
    }
  }

  /** A store tells of a change once; others are asked again by themselves. */
  private fallBehind(): void {
    this.isBehind ||= this.tellsChanges;
  }

  private async refreshed(work: Promise<void> | undefined): Promise<void> {
    try {
      await work;
      this.note(undefined);
    } catch (error) {
      if (!isAbortError(error)) {
        this.note(error);
      }
      throw error;
    } finally {
      this.loop.poke();
    }
  }

  private note(error: unknown): void {
    if (this.currentTrouble !== error && !this.controller.signal.aborted) {
      this.currentTrouble = error;
      this.options.onTrouble();
    }
  }
}
