import { MlflowError } from '../mlflow/errors';
import { allOf, runIdIn } from '../mlflow/filterText';
import type { Run } from '../mlflow/model';
import type { ComparedPlace } from './comparedRuns';
import { valuesOf } from './fittingCount';
import { readRuns } from './readRuns';
import { runPages, runsAtFirst } from './runPages';
import type { SessionStore } from './sessionStore';
import { searchesOf, type TableQuery, type TableScope, type TableSearch } from './tableQuery';
import type { TableRow, TableRows } from './tableRows';

/** Experiments, and how they are asked for. */
export interface ReaderScope extends TableScope {
  readonly store: SessionStore;
}

export interface TableReaderOptions {
  readonly scope: ReaderScope;
  readonly query: TableQuery;
  /** Where everything is put. */
  readonly rows: TableRows;
  /** Resolves once somebody can see the table. */
  readonly seen: () => Promise<void>;
  readonly onRows: (rows: readonly TableRow[]) => void;
  readonly onGone: (rows: readonly TableRow[]) => void;
}

/** So many params, metrics and tags are taken over before others have their turn; some milliseconds' worth. */
const valuesAtOnce = 8000;
const idsAtOnce = 100;
const mostParents = 1000;
const mostGenerations = 20;

/** Reads the runs of one connection that a query finds, and puts them where they belong. */
export class TableReader {
  /** Parents that need no looking for: they were found, are not there, or were too many. */
  private readonly soughtParents = new Set<string>();

  constructor(private readonly options: TableReaderOptions) {}

  get scope(): ReaderScope {
    return this.options.scope;
  }

  /** Takes runs over, some at a time; tells of those that are known otherwise now. */
  async take(runs: readonly Run[], signal: AbortSignal): Promise<void> {
    for (let start = 0, end = 0; start < runs.length; start = end) {
      signal.throwIfAborted();
      for (let values = 0; end < runs.length && values < valuesAtOnce; end++) {
        values += 1 + valuesOf(runs[end]!);
      }
      this.put(runs.slice(start, end), false);
      await turn();
    }
  }

  /** Reads all that the query finds; what it does not is gone. */
  async readWhole(signal: AbortSignal): Promise<void> {
    const found = new Set<string>();
    for (const search of this.searches) {
      const { seen, scope } = this.options;
      for await (const runs of runPages({ store: scope.store, search, turn: seen, signal })) {
        runs.forEach(({ id }) => found.add(id));
        await this.take(runs, signal);
      }
    }
    this.lose(this.own.filter(({ outside, place }) => !outside && !found.has(place.runId)));
    this.soughtParents.clear();
    this.loseStrangers();
    await this.readParents(signal);
  }

  /**
   * Reads runs in progress, and those of `keys`, which may have come back; what the query finds no more is gone, unless
   * it is above what it finds.
   */
  async readSome(keys: Iterable<string>, signal: AbortSignal): Promise<void> {
    const wanted = new Map<string, TableRow>();
    const { rows } = this.options;
    for (const row of [
      ...this.own.filter(({ isLive }) => isLive),
      ...[...keys].map((key) => rows.lastKnown(key)),
    ]) {
      if (row !== undefined && row.place.connection === this.scope.connection) {
        wanted.set(row.place.runId, row);
      }
    }
    const outside: ComparedPlace[] = [];
    const all = [...wanted.keys()];
    for (let start = 0; start < all.length; start += idsAtOnce) {
      const ids = all.slice(start, start + idsAtOnce);
      const found = await this.find(ids, signal);
      await this.take([...found.values()], signal);
      const missing = ids.flatMap((id) => (found.has(id) ? [] : (wanted.get(id) ?? [])));
      this.lose(missing.filter((row) => !row.outside));
      outside.push(...missing.filter((row) => row.outside).map(({ place }) => place));
    }
    await this.readOutside(outside, signal);
    this.loseStrangers();
    await this.readParents(signal);
  }

  /** Reads the newest runs until one of a page is known. */
  async readNew(signal: AbortSignal): Promise<void> {
    const { rows, scope } = this.options;
    const known = new Set(
      this.own.filter(({ outside }) => !outside).map(({ place }) => place.runId),
    );
    const before = rows.found;
    for (const search of this.searches) {
      const newest = { ...search, orderBy: ['attributes.start_time DESC'] };
      for await (const runs of runPages({
        store: scope.store,
        search: newest,
        first: runsAtFirst,
        signal,
        ahead: false,
      })) {
        await this.take(
          runs.filter(({ id }) => !known.has(id)),
          signal,
        );
        if (runs.some(({ id }) => known.has(id))) {
          break;
        }
      }
    }
    await (rows.found > before && this.readParents(signal));
  }

  /** Reads the parents, and theirs, of runs that the query finds without them, so that families stay together. */
  async readParents(signal: AbortSignal): Promise<void> {
    for (let generation = 0; generation < mostGenerations; generation++) {
      const present = new Set(this.own.map(({ place }) => place.runId));
      const missing = new Map<string, ComparedPlace>();
      for (const { parent, place } of this.own) {
        if (parent !== undefined && !present.has(parent) && !this.soughtParents.has(parent)) {
          missing.set(parent, { ...place, runId: parent });
        }
      }
      if (missing.size === 0) {
        return;
      }
      [...missing.keys()].forEach((id) => this.soughtParents.add(id));
      await this.readOutside([...missing.values()].slice(0, mostParents), signal);
    }
  }

  private get searches(): readonly TableSearch[] {
    return searchesOf(this.options.query, this.scope);
  }

  /** The rows of this connection. */
  private get own(): readonly TableRow[] {
    return this.options.rows.all.filter(({ place }) => place.connection === this.scope.connection);
  }

  /** Forgets what the query does not find, and nothing below it either. */
  private loseStrangers(): void {
    const { own } = this;
    const outside = new Map(
      own.flatMap((row) => (row.outside ? [[row.place.runId, row] as const] : [])),
    );
    for (const row of own.filter((each) => !each.outside)) {
      for (let above = outside.get(row.parent ?? ''); above !== undefined;) {
        outside.delete(above.place.runId);
        above = outside.get(above.parent ?? '');
      }
    }
    this.lose([...outside.values()]);
  }

  /** Which of these runs the query finds. */
  private async find(
    ids: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Run>> {
    const found = new Map<string, Run>();
    for (const search of this.searches) {
      const left = ids.filter((id) => !found.has(id));
      if (left.length > 0) {
        const runs = await this.findBy(search, left, signal);
        runs.forEach((run) => found.set(run.id, run));
      }
    }
    return found;
  }

  /** Which of these runs a search finds: half of them at a time where the answer would be too large. */
  private async findBy(
    search: TableSearch,
    ids: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly Run[]> {
    const filter = allOf(search.filter, runIdIn(ids));
    try {
      const page = await this.scope.store.ask(
        (store) => store.searchRuns({ ...search, filter, maxResults: ids.length }, signal),
        signal,
      );
      return page.items;
    } catch (error) {
      if (!(error instanceof MlflowError) || error.reason !== 'tooLarge' || ids.length === 1) {
        throw error;
      }
      const half = Math.ceil(ids.length / 2);
      return [
        ...(await this.findBy(search, ids.slice(0, half), signal)),
        ...(await this.findBy(search, ids.slice(half), signal)),
      ];
    }
  }

  private async readOutside(places: readonly ComparedPlace[], signal: AbortSignal): Promise<void> {
    await this.scope.store.ask(
      (port) =>
        readRuns(
          port,
          places,
          (readings) => {
            const runs = [...readings.values()].flatMap((reading) =>
              'run' in reading && reading.run !== undefined ? reading.run : [],
            );
            this.put(runs, true);
          },
          signal,
        ),
      signal,
    );
  }

  private put(runs: readonly Run[], outside: boolean): void {
    const { rows, onRows } = this.options;
    const changed = runs.flatMap((run) => rows.put(this.scope.connection, run, outside) ?? []);
    if (changed.length > 0) {
      onRows(changed);
    }
  }

  private lose(gone: readonly TableRow[]): void {
    const { rows, onGone } = this.options;
    const there = gone.flatMap(({ key }) => rows.get(key) ?? []);
    if (there.length > 0) {
      for (const row of there) {
        rows.remove(row);
        this.soughtParents.delete(row.place.runId);
      }
      onGone(there);
    }
  }
}

/** Lets others have their turn. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
