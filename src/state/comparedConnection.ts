import type { Disposable } from '../base/disposable';
import { isAbortError } from '../mlflow/errors';
import type { MetricHistory, Run } from '../mlflow/model';
import { isLive } from '../mlflow/runFacts';
import type { TrackingStore } from '../mlflow/trackingStore';
import { ComparedEntries } from './comparedEntries';
import { keyOf, type ComparedEntry, type ComparedPlace } from './comparedRuns';
import { ExperimentNames } from './experimentNames';
import { ListedChanges } from './listedChanges';
import { readRuns } from './readRuns';
import { RefreshLoop } from './refreshLoop';
import { SeriesReader, type SeriesWish } from './seriesReader';
import type { Follower, Session } from './session';
import type { Sessions } from './sessions';
import { SessionStore } from './sessionStore';

export interface ComparedConnectionOptions {
  /** Id of the session. */
  readonly id: string;
  readonly sessions: Sessions;
  /** Seconds between refreshes; 0 is never. */
  readonly refreshInterval: () => number;
  /** Whether somebody can see the runs. */
  readonly isSeen: () => boolean;
  /** Whether what is in progress is to be followed. */
  readonly isFollowing: () => boolean;
  /** These are known otherwise than before. */
  readonly onRead: (entries: readonly ComparedEntry[]) => void;
  /** Refreshes fail, or, with `undefined`, do so no longer. */
  readonly onTrouble: (error: unknown) => void;
}

/** The compared runs of one connection: reads what is known of them, and their series. */
export class ComparedConnection implements Disposable {
  private readonly known: ComparedEntries;
  private readonly names = new ExperimentNames();
  private readonly store: SessionStore;
  private readonly seriesReader: SeriesReader;
  private readonly controller = new AbortController();
  private readonly loop: RefreshLoop;
  private readonly reading = new Set<string>();
  private readonly stale = new Set<string>();
  private readonly lists = new ListedChanges(
    () => this.known.all,
    (keys) => {
      keys.forEach((key) => this.stale.add(key));
      this.readStale();
    },
  );
  private following: { readonly session: Session; readonly end: Disposable } | undefined;

  constructor(private readonly options: ComparedConnectionOptions) {
    this.known = new ComparedEntries(options.onRead);
    this.store = new SessionStore(options.sessions, options.id);
    this.seriesReader = new SeriesReader(this.store);
    this.loop = new RefreshLoop({
      interval: options.refreshInterval,
      isNeeded: () =>
        this.isLive && this.session?.tellsChanges !== true && this.session?.isRefused !== true,
      refresh: (signal) => this.refresh(signal),
    });
  }

  /** What is known of a run. */
  entry(key: string): ComparedEntry | undefined {
    return this.known.get(key);
  }

  /** Takes runs in; {@link begin} asks the server. */
  add(places: readonly ComparedPlace[]): void {
    this.known.add(places, this.session);
  }

  remove(key: string): void {
    this.known.delete(key);
    this.poke();
  }

  /** Reads what was not read yet, and what is in progress and was read longer ago than the interval. */
  async begin(): Promise<void> {
    const oldest = Date.now() - this.options.refreshInterval() * 1000;
    const isDue = ({ standing, run, readAt = 0 }: ComparedEntry): boolean =>
      standing.kind === 'loading' || (run !== undefined && isLive(run) && readAt < oldest);
    await this.read(this.known.all.filter(isDue).map(({ key }) => key));
  }

  /** Tries again what failed; a connection that could not be opened is opened anew. */
  async retry(keys: readonly string[]): Promise<void> {
    if (this.session?.connection.status.kind === 'failed' || this.session?.isLost === true) {
      this.session.reconnect();
    }
    this.known.put(keys, () => ({ standing: { kind: 'loading' } }));
    await this.read(keys);
  }

  /** Reads what is known of these runs, but for those that are being read; what fails stands in their entries. */
  private async read(all: readonly string[]): Promise<void> {
    const { signal } = this.controller;
    const keys = all.filter((key) => this.known.get(key) !== undefined && !this.reading.has(key));
    if (keys.length === 0) {
      return;
    }
    keys.forEach((key) => this.reading.add(key));
    try {
      await this.store.ask((store) => this.readFrom(store, keys, signal), signal);
      this.options.onTrouble(undefined);
    } catch (error) {
      if (!signal.aborted) {
        const failed = keys.filter((key) => this.known.get(key)?.standing.kind === 'loading');
        this.known.put(failed, () => ({ standing: { kind: 'failed', error } }));
      }
    } finally {
      keys.forEach((key) => this.reading.delete(key));
    }
    this.poke();
  }

  /** A series of a run, when it is its turn: four at a time, in the order in which they were asked for. */
  async series(
    place: ComparedPlace,
    metric: string,
    wish: SeriesWish,
    signal: AbortSignal,
  ): Promise<MetricHistory> {
    const both = AbortSignal.any([signal, this.controller.signal]);
    const lastStep = lastStepOf(this.known.get(keyOf(place))?.run, metric);
    return this.seriesReader.read(place.runId, metric, wish, lastStep, both);
  }

  /** Reads these again, since they were changed; once somebody can see them. */
  readAgain(keys: readonly string[]): void {
    keys.forEach((key) => this.stale.add(key));
    this.readStale();
  }

  /** Looks anew whether there is something to follow; call it whenever that may have changed. */
  poke(): void {
    if (this.controller.signal.aborted) {
      return;
    }
    this.loop.poke();
    const { session } = this;
    this.lists.follow(session?.experiments);
    this.readStale();
    this.readAnew();
    if (this.known.live.length === 0 || !this.options.isFollowing()) {
      this.options.onTrouble(undefined);
    }
    const tells = this.isLive && session?.tellsChanges === true ? session : undefined;
    if (this.following?.session !== tells) {
      this.following?.end.dispose();
      this.following = tells && { session: tells, end: tells.follow(this.follower) };
    }
  }

  /** The interval is another now. */
  restartRefreshing(): void {
    this.loop.restart();
  }

  dispose(): void {
    this.controller.abort();
    this.loop.dispose();
    this.lists.dispose();
    this.following?.end.dispose();
    this.following = undefined;
  }

  private readonly follower: Follower = {
    experimentIds: () => [
      ...new Set(this.known.live.map(({ place: { experimentId } }) => experimentId)),
    ],
    refresh: (signal) => this.refresh(signal),
  };

  private get session(): Session | undefined {
    return this.store.session;
  }

  private get isLive(): boolean {
    const { isSeen, isFollowing } = this.options;
    return (
      !this.controller.signal.aborted && isSeen() && isFollowing() && this.known.live.length > 0
    );
  }

  /** What is being read may have been read before it changed: it is read again afterwards. */
  private readStale(): void {
    const keys = [...this.stale].filter((key) => !this.reading.has(key));
    if (keys.length > 0 && this.options.isSeen()) {
      keys.forEach((key) => this.stale.delete(key));
      void this.read(keys);
    }
  }

  /** Where a connection is to be opened anew, e.g. with another sign-in, what failed before may not. */
  private readAnew(): void {
    if (this.session?.connection.status.kind !== 'idle') {
      return;
    }
    const failed = this.known.all.filter(({ standing }) => standing.kind === 'failed');
    const keys = failed.map(({ key }) => key);
    if (keys.length > 0) {
      this.known.put(keys, () => ({ standing: { kind: 'loading' } }));
      if (this.options.isSeen()) {
        void this.read(keys);
      }
    }
  }

  private async refresh(signal: AbortSignal): Promise<void> {
    const keys = this.known.live.map(({ key }) => key);
    const both = AbortSignal.any([signal, this.controller.signal]);
    try {
      await this.readFrom(await this.store.open(), keys, both);
      this.options.onTrouble(undefined);
    } catch (error) {
      if (!both.aborted && !isAbortError(error)) {
        this.options.onTrouble(error);
      }
      throw error;
    } finally {
      this.poke();
    }
  }

  private async readFrom(
    store: TrackingStore,
    keys: readonly string[],
    signal: AbortSignal,
  ): Promise<void> {
    const wanted = new Map(
      keys.flatMap((key) => this.known.get(key) ?? []).map(({ key, place }) => [place.runId, key]),
    );
    const places = [...wanted.values()].flatMap((key) => this.known.get(key)?.place ?? []);
    const naming = this.nameExperiments(store, places, signal);
    await readRuns(
      store,
      places,
      (readings) => {
        const known = [...readings].filter(([id]) => wanted.has(id));
        this.known.take(new Map(known.map(([id, reading]) => [wanted.get(id) ?? '', reading])));
      },
      signal,
    );
    await naming;
  }

  /** Puts names to experiments, from the lists of the view or from the server; never rejects. */
  private async nameExperiments(
    store: TrackingStore,
    places: readonly ComparedPlace[],
    signal: AbortSignal,
  ): Promise<void> {
    const experiments = this.session?.experiments;
    const nameOf = (id: string): string | undefined =>
      experiments?.experiment(id)?.name ?? this.names.get(id);
    const ids = places.map(({ experimentId }) => experimentId);
    await this.names.find(
      store,
      ids.filter((id) => nameOf(id) === undefined),
      signal,
    );
    const named = places
      .filter(({ experimentId }) => nameOf(experimentId) !== undefined)
      .map(keyOf)
      .filter((key) => this.known.get(key)?.experimentName === undefined);
    if (named.length > 0) {
      this.known.put(named, ({ place }) => ({ experimentName: nameOf(place.experimentId) }));
    }
  }
}

/** The step of the latest point, which is the greatest; one beyond ±2^53 is about right. */
function lastStepOf(run: Run | undefined, metric: string): number | undefined {
  const latest = run?.metrics.find(({ key }) => key === metric);
  return latest && Number(latest.step);
}
