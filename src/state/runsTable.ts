import { abortError } from '../base/abortError';
import type { Disposable } from '../base/disposable';
import { EventSource } from '../base/event';
import { ConnectionGone } from '../mlflow/connectionGone';
import type { Sessions } from './sessions';
import { TableConnection } from './tableConnection';
import type { Extremes } from './tableExtremes';
import { sameQuery, type TableQuery, type TableScope } from './tableQuery';
import { FilterRefused, TableReading } from './tableReading';
import type { TableRow } from './tableRows';

export interface RunsTableOptions {
  readonly sessions: Sessions;
  /** The experiments whose runs are shown, by their connections. */
  readonly scopes: readonly TableScope[];
  /** Seconds between refreshes while something is in progress and visible; 0 is never. */
  readonly refreshInterval: () => number;
}

/** Rows of a reading. */
export interface ToldRows {
  readonly reading: TableReading;
  readonly rows: readonly TableRow[];
}

/** What is known of a query is taken for fresh so long, in milliseconds; stores that tell of changes are always asked. */
const freshFor = 5 * 60_000;

/** The runs of some experiments, of any connections. Asks nobody before {@link read}. */
export class RunsTable implements Disposable {
  private readonly connections: ReadonlyMap<string, TableConnection>;
  private readonly followed: Disposable;
  private readonly rowsRead = new EventSource<ToldRows>();
  private readonly rowsGone = new EventSource<ToldRows>();
  private readonly progresses = new EventSource<TableReading>();
  private readonly troubles = new EventSource<unknown>();
  private reading: TableReading | undefined;
  private next: TableReading | undefined;
  private count = 0;
  private visible = false;
  private live = true;
  private waiting: (() => void)[] = [];

  /** Runs are new, or known otherwise than before. */
  readonly onDidRead = this.rowsRead.event;
  /** Runs are no longer found. */
  readonly onDidLose = this.rowsGone.event;
  readonly onDidProgress = this.progresses.event;
  /** Refreshes fail, or, with `undefined`, do so no longer. */
  readonly onDidChangeTrouble = this.troubles.event;

  constructor(private readonly options: RunsTableOptions) {
    const { sessions, refreshInterval } = options;
    this.connections = new Map(
      options.scopes.map((scope) => [
        scope.connection,
        new TableConnection({
          scope,
          sessions,
          refreshInterval,
          isFollowing: () => this.visible && this.live,
          isSeen: () => this.visible,
          reading: () => this.reading,
          onTrouble: () => this.troubles.fire(this.trouble),
        }),
      ]),
    );
    this.followed = options.sessions.onDidChange(() => this.poke());
  }

  /** What is shown. */
  get current(): TableReading | undefined {
    return this.reading;
  }

  /** Whether what is in progress is followed. */
  get isLive(): boolean {
    return this.live && this.options.refreshInterval() > 0;
  }

  /** Why the last refresh failed; `undefined` while all is well. */
  get trouble(): unknown {
    return [...this.connections.values()].find(({ trouble }) => trouble !== undefined)?.trouble;
  }

  /** Whether what is known answers this query as well as the server would. */
  holds(query: TableQuery): boolean {
    const { reading } = this;
    if (reading === undefined || !sameQuery(query, reading.query)) {
      return false;
    }
    const { standing, readAt = 0 } = reading.progress;
    const tell = [...this.connections.values()].every(({ tellsChanges }) => tellsChanges);
    return (
      standing === 'reading' ||
      (standing === 'complete' && (tell || Date.now() - readAt < freshFor))
    );
  }

  /**
   * Reads anew. Resolves once the first runs are there, which are told a moment later. Rejects with `FilterRefused`, or where
   * something else fails and there is something to show; then what was shown stays.
   */
  async read(query: TableQuery): Promise<TableReading> {
    this.next?.dispose();
    const reading = this.newReading(query);
    this.next = reading;
    try {
      await reading.begin();
      if (this.next !== reading) {
        throw abortError();
      }
      this.take(reading);
      setImmediate(() => void reading.readOn().then(() => this.poke()));
    } catch (error) {
      if (this.next !== reading || this.reading !== undefined || error instanceof FilterRefused) {
        throw error;
      }
      this.take(reading);
      setImmediate(() => reading.fail(error));
    }
    return reading;
  }

  /** Reads these again, since they were changed; soon. */
  readAgain(keys: readonly string[]): void {
    this.connections.forEach((connection) => connection.readAgain(keys));
  }

  stop(): void {
    this.reading?.stop();
  }

  /** Whether somebody can see the table. */
  setVisible(visible: boolean): void {
    this.visible = visible;
    if (visible) {
      const { waiting } = this;
      this.waiting = [];
      waiting.forEach((resolve) => resolve());
    }
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
  }

  /**
   * Extremes of a metric of these rows, in their order; `undefined` for those without it, and where it cannot be read. Rejects
   * when none can be read.
   */
  async extremes(
    rows: readonly (TableRow | undefined)[],
    metric: string,
    signal: AbortSignal,
  ): Promise<readonly (Extremes | undefined)[]> {
    const { reading } = this;
    const failures: unknown[] = [];
    const found = await Promise.all(
      rows.map(async (row) => {
        try {
          return (
            row && reading && (await this.connectionOf(row).extremes(reading, row, metric, signal))
          );
        } catch (error) {
          signal.throwIfAborted();
          failures.push(error);
          return undefined;
        }
      }),
    );
    if (failures.length > 0 && found.every((each) => each === undefined)) {
      throw failures[0];
    }
    return found;
  }

  dispose(): void {
    this.followed.dispose();
    this.next?.dispose();
    this.reading?.dispose();
    this.connections.forEach((connection) => connection.dispose());
    this.rowsRead.dispose();
    this.rowsGone.dispose();
    this.progresses.dispose();
    this.troubles.dispose();
  }

  private newReading(query: TableQuery): TableReading {
    return new TableReading({
      number: ++this.count,
      query,
      scopes: [...this.connections.values()].map(({ scope }) => scope),
      seen: () => this.seen(),
      onRows: (reading, rows) => this.rowsRead.fire({ reading, rows }),
      onGone: (reading, rows) => this.rowsGone.fire({ reading, rows }),
      onProgress: (reading) => this.progresses.fire(reading),
    });
  }

  private take(reading: TableReading): void {
    this.reading?.dispose();
    this.reading = reading;
    this.next = undefined;
  }

  private seen(): Promise<void> {
    return this.visible
      ? Promise.resolve()
      : new Promise((resolve) => {
          this.waiting.push(resolve);
        });
  }

  private connectionOf({ place }: TableRow): TableConnection {
    const connection = this.connections.get(place.connection);
    if (connection === undefined) {
      throw new ConnectionGone(place.connection);
    }
    return connection;
  }

  private poke(): void {
    this.connections.forEach((connection) => connection.poke());
  }
}
