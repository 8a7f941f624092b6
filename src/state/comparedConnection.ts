import type { Disposable } from '../base/disposable';
import { isAbortError } from '../mlflow/errors';
import type { MetricHistory, Run } from '../mlflow/model';
import { isLive } from '../mlflow/runFacts';
import type { TrackingStore } from '../mlflow/trackingStore';
import { keyOf, type ComparedEntry, type ComparedPlace } from './comparedRuns';
import { ExperimentNames } from './experimentNames';
import { readRuns, type RunReading } from './readRuns';
import { RefreshLoop } from './refreshLoop';
import { RequestQueue } from './requestQueue';
import type { Follower, Session } from './session';
import type { Sessions } from './sessions';

/** The window is not connected to this any more. */
export class ConnectionGone extends Error {
  constructor(readonly connection: string) {
    super(`not connected to ${connection}`);
  }
}

/** Which points of a series are wanted. */
export interface SeriesWish {
  /** All of them, not only as many as come soon. */
  readonly whole: boolean;
  /** Only points from this step on are wanted; more may come. */
  readonly fromStep?: number | undefined;
}

export interface ComparedConnectionOptions {
  /** Id of the session. */
  readonly id: string;
  readonly sessions: Sessions;
  /** Seconds between refreshes; 0 is never. */
  readonly refreshInterval: () => number;
  /** Whether what is in progress is to be followed just now. */
  readonly isFollowing: () => boolean;
  /** These are known otherwise than before. */
  readonly onRead: (entries: readonly ComparedEntry[]) => void;
  /** Refreshes fail, or, with `undefined`, do so no longer. */
  readonly onTrouble: (error: unknown) => void;
}

/** The most points of one series that are read. */
export const mostPoints = 10_000_000;

/** The compared runs of one connection: reads what is known of them, and their series. */
export class ComparedConnection implements Disposable {
  private readonly known = new Map<string, ComparedEntry>();
  private readonly names = new ExperimentNames();
  private readonly queue = new RequestQueue({ all: 4, long: 2 });
  private readonly controller = new AbortController();
  private readonly loop: RefreshLoop;
  private following: { readonly session: Session; readonly end: Disposable } | undefined;

  constructor(private readonly options: ComparedConnectionOptions) {
    this.loop = new RefreshLoop({
      interval: options.refreshInterval,
      isNeeded: () =>
        this.isLive && this.session?.tellsChanges !== true && this.session?.isRefused !== true,
      refresh: (signal) => this.refresh(signal),
    });
  }

  get size(): number {
    return this.known.size;
  }

  /** What is known of a run. */
  entry(key: string): ComparedEntry | undefined {
    return this.known.get(key);
  }

  /** Takes runs in, with what the lists of the view say of them; {@link read} asks the server. */
  add(places: readonly ComparedPlace[]): void {
    const experiments = this.session?.experiments;
    for (const place of places) {
      const key = keyOf(place);
      if (!this.known.has(key)) {
        this.known.set(key, {
          key,
          place,
          run: experiments?.runs(place.experimentId).run(place.runId),
          experimentName: experiments?.experiment(place.experimentId)?.name,
          standing: { kind: 'loading' },
          readAt: undefined,
        });
      }
    }
  }

  remove(key: string): void {
    this.known.delete(key);
    this.poke();
  }

  /** Reads what is known of these runs; what fails stands in their entries. */
  async read(keys: readonly string[]): Promise<void> {
    const { signal } = this.controller;
    try {
      await this.readFrom(await this.store(), keys, signal);
    } catch (error) {
      if (!signal.aborted && !isAbortError(error)) {
        const failed = keys.filter((key) => this.known.get(key)?.standing.kind !== 'ready');
        this.put(failed, () => ({ standing: { kind: 'failed', error } }));
      }
    }
    this.poke();
  }

  /** A series of a run, when it is its turn: four at a time, in the order in which they were asked for. */
  async series(
    { runId }: ComparedPlace,
    metric: string,
    { whole, fromStep }: SeriesWish,
    signal: AbortSignal,
  ): Promise<MetricHistory> {
    const both = AbortSignal.any([signal, this.controller.signal]);
    return this.queue.run(
      async () => {
        const store = await this.store();
        both.throwIfAborted();
        return whole
          ? store.metricHistory(runId, metric, { maxPoints: mostPoints }, both)
          : store.sampledHistory(runId, metric, { fromStep }, both);
      },
      both,
      whole,
    );
  }

  /** Looks anew whether there is something to follow; call it whenever that may have changed. */
  poke(): void {
    this.loop.poke();
    const { session } = this;
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
    this.following?.end.dispose();
    this.following = undefined;
  }

  private readonly follower: Follower = {
    experimentIds: () => [
      ...new Set(this.liveEntries().map(({ place: { experimentId } }) => experimentId)),
    ],
    refresh: (signal) => this.refresh(signal),
  };

  private get session(): Session | undefined {
    return this.options.sessions.get(this.options.id);
  }

  private get isLive(): boolean {
    return (
      !this.controller.signal.aborted && this.options.isFollowing() && this.liveEntries().length > 0
    );
  }

  private liveEntries(): readonly ComparedEntry[] {
    return [...this.known.values()].filter(({ run }) => run !== undefined && isLive(run));
  }

  /** The store, whose connection is opened if need be. */
  private async store(): Promise<TrackingStore> {
    await this.options.sessions.ensure();
    const status = await this.session?.connection.ensure();
    if (status?.kind === 'failed') {
      throw status.error;
    }
    const store = this.session?.store;
    if (store === undefined) {
      throw new ConnectionGone(this.options.id);
    }
    return store;
  }

  private async refresh(signal: AbortSignal): Promise<void> {
    const keys = this.liveEntries().map(({ key }) => key);
    const both = AbortSignal.any([signal, this.controller.signal]);
    try {
      await this.readFrom(await this.store(), keys, both);
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
    const experiments = this.session?.experiments;
    await readRuns(
      store,
      places,
      (readings) => {
        const keysOf = new Map(
          [...readings].flatMap(([id, reading]) => {
            const key = wanted.get(id);
            return key === undefined ? [] : [[key, reading] as const];
          }),
        );
        this.put([...keysOf.keys()], (entry) => taken(entry, keysOf.get(entry.key)));
      },
      signal,
    );
    const unnamed = places
      .map(({ experimentId }) => experimentId)
      .filter((id) => experiments?.experiment(id) === undefined);
    await this.names.find(store, unnamed, signal);
    const named = keys.filter((key) => this.known.get(key)?.experimentName === undefined);
    this.put(named, ({ place: { experimentId } }) => ({
      experimentName: experiments?.experiment(experimentId)?.name ?? this.names.get(experimentId),
    }));
  }

  /** Changes what is known of runs that are still compared, and tells those that say something else now. */
  private put(
    keys: readonly string[],
    change: (entry: ComparedEntry) => Partial<ComparedEntry>,
  ): void {
    const changed = keys.flatMap((key) => {
      const before = this.known.get(key);
      return before === undefined ? [] : { ...before, ...change(before) };
    });
    changed.forEach((entry) => this.known.set(entry.key, entry));
    if (changed.length > 0) {
      this.options.onRead(changed);
    }
  }
}

/** An entry after a reading; what was known stays where nothing came. */
function taken(entry: ComparedEntry, reading: RunReading | undefined): Partial<ComparedEntry> {
  const readAt = Date.now();
  if (reading === undefined) {
    return {};
  }
  if ('error' in reading) {
    return { standing: { kind: 'failed', error: reading.error } };
  }
  const { run } = reading;
  return run === undefined
    ? { standing: { kind: 'gone' }, run: atRest(entry.run), readAt }
    : { standing: { kind: 'ready' }, run, readAt };
}

/** Nobody waits for the end of a run that is gone. */
function atRest(run: Run | undefined): Run | undefined {
  return run && { ...run, lifecycleStage: 'deleted' };
}
