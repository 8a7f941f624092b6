import type { Disposable } from '../base/disposable';
import { EventSource } from '../base/event';
import type { MetricHistory } from '../mlflow/model';
import { ComparedConnection } from './comparedConnection';
import { distinctPlaces, keyOf, type ComparedEntry, type ComparedPlace } from './comparedRuns';
import type { SeriesWish } from './seriesReader';
import type { Sessions } from './sessions';
import { ConnectionGone } from '../mlflow/connectionGone';

export interface ComparisonOptions {
  readonly sessions: Sessions;
  readonly places: readonly ComparedPlace[];
  /** Seconds between refreshes while something is in progress and visible; 0 is never. */
  readonly refreshInterval: () => number;
}

/** Runs that are compared, of any experiments and connections. Asks nobody before {@link begin}. */
export class Comparison implements Disposable {
  private readonly connections = new Map<string, ComparedConnection>();
  private readonly troubles = new Map<string, unknown>();
  private readonly reads = new EventSource<readonly ComparedEntry[]>();
  private readonly trouble = new EventSource<unknown>();
  private readonly followed: Disposable;
  private places: ReadonlyMap<string, ComparedPlace> = new Map();
  private visible = false;
  private live = true;

  /** These runs are known otherwise than before. */
  readonly onDidRead = this.reads.event;
  /** Refreshes fail, or, with `undefined`, do so no longer. */
  readonly onDidChangeTrouble = this.trouble.event;

  constructor(private readonly options: ComparisonOptions) {
    this.take(options.places);
    // A connection that was opened anew, or refuses no longer, is followed again.
    this.followed = options.sessions.onDidChange(() => this.poke());
  }

  /** The runs in their order. */
  get entries(): readonly ComparedEntry[] {
    return [...this.places].flatMap(
      ([key, { connection }]) => this.connections.get(connection)?.entry(key) ?? [],
    );
  }

  get keys(): readonly string[] {
    return [...this.places.keys()];
  }

  /** Whether what is in progress is followed. */
  get isLive(): boolean {
    return this.live && this.options.refreshInterval() > 0;
  }

  /** Why the last refresh failed; `undefined` while all is well. */
  get currentTrouble(): unknown {
    return [...this.troubles.values()][0];
  }

  /** Reads what was not read yet, and what is in progress and was read a while ago. */
  async begin(): Promise<void> {
    await Promise.all([...this.connections.values()].map((connection) => connection.begin()));
  }

  /** Tries again to read these runs. */
  async retry(keys: readonly string[]): Promise<void> {
    await Promise.all(
      [...this.connections].map(async ([id, connection]) => {
        const some = keys.filter((key) => this.places.get(key)?.connection === id);
        await (some.length > 0 && connection.retry(some));
      }),
    );
  }

  /** Takes more runs in, behind the others; {@link begin} reads them. */
  add(places: readonly ComparedPlace[]): void {
    this.take([...this.places.values(), ...places]);
  }

  remove(keys: readonly string[]): void {
    for (const key of keys) {
      const place = this.places.get(key);
      if (place !== undefined) {
        this.connections.get(place.connection)?.remove(key);
      }
    }
    const gone = new Set(keys);
    this.places = new Map([...this.places].filter(([key]) => !gone.has(key)));
  }

  place(key: string): ComparedPlace | undefined {
    return this.places.get(key);
  }

  entry(key: string): ComparedEntry | undefined {
    const place = this.places.get(key);
    return place && this.connections.get(place.connection)?.entry(key);
  }

  /** What a run is called: by its id until more is known. */
  nameOf(key: string): string {
    return this.entry(key)?.run?.name ?? this.place(key)?.runId ?? key;
  }

  /** Whether it is of exactly these runs, in whatever order. */
  isOf(places: readonly ComparedPlace[]): boolean {
    const keys = new Set(places.map(keyOf));
    return keys.size === this.places.size && this.keys.every((key) => keys.has(key));
  }

  /** Whether somebody can see the comparison. */
  setVisible(visible: boolean): void {
    this.visible = visible;
    this.poke();
  }

  /** Whether what is in progress is to be followed. */
  setLive(live: boolean): void {
    this.live = live;
    this.poke();
  }

  /** The interval of refreshes is another now. */
  restartRefreshing(): void {
    this.connections.forEach((connection) => connection.restartRefreshing());
    this.poke();
  }

  /** One metric of one run; rejects when the run is not compared, or cannot be asked for. */
  async series(
    key: string,
    metric: string,
    wish: SeriesWish,
    signal: AbortSignal,
  ): Promise<MetricHistory> {
    const place = this.places.get(key);
    const connection = place && this.connections.get(place.connection);
    if (place === undefined || connection === undefined) {
      throw new ConnectionGone(key);
    }
    return connection.series(place, metric, wish, signal);
  }

  /** Reads a run again, since it was changed. */
  readAgain(key: string): void {
    const place = this.places.get(key);
    if (place !== undefined) {
      this.connections.get(place.connection)?.readAgain([key]);
    }
  }

  dispose(): void {
    this.followed.dispose();
    this.connections.forEach((connection) => connection.dispose());
    this.reads.dispose();
    this.trouble.dispose();
  }

  private take(places: readonly ComparedPlace[]): void {
    const distinct = distinctPlaces(places);
    this.places = new Map(distinct.map((place) => [keyOf(place), place]));
    for (const id of new Set(distinct.map((place) => place.connection))) {
      const connection = this.connections.get(id) ?? this.newConnection(id);
      this.connections.set(id, connection);
      connection.add(distinct.filter((place) => place.connection === id));
    }
  }

  private newConnection(id: string): ComparedConnection {
    return new ComparedConnection({
      id,
      sessions: this.options.sessions,
      refreshInterval: this.options.refreshInterval,
      isSeen: () => this.visible,
      isFollowing: () => this.live,
      onRead: (entries) => this.reads.fire(entries),
      onTrouble: (error) => this.noteTrouble(id, error),
    });
  }

  private noteTrouble(id: string, error: unknown): void {
    const before = this.troubles.get(id);
    if (error === undefined) {
      this.troubles.delete(id);
    } else {
      this.troubles.set(id, error);
    }
    if (before !== error) {
      this.trouble.fire(this.currentTrouble);
    }
  }

  private poke(): void {
    this.connections.forEach((connection) => connection.poke());
  }
}
