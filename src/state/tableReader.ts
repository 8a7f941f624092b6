import { allOf, runIdIn } from '../mlflow/filterText';
import type { Run } from '../mlflow/model';
import type { ComparedPlace } from './comparedRuns';
import { readRuns } from './readRuns';
import { runPages, runsAtFirst } from './runPages';
import type { SessionStore } from './sessionStore';
import { searchesOf, type TableQuery, type TableScope } from './tableQuery';
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
        values += 1 + valuesOf(runs[end]);
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
    await this.readParents(signal);
  }

  /** Reads runs in progress, and those of `keys`; what the query finds no more is gone. */
  async readSome(keys: Iterable<string>, signal: AbortSignal): Promise<void> {
    const wanted = new Map<string, TableRow>();
    const { rows } = this.options;
    for (const row of [
      ...this.own.filter(({ isLive }) => isLive),
      ...[...keys].map((key) => rows.get(key)),
    ]) {
      if (row !== undefined && row.place.connection === this.scope.connection) {
        wanted.set(row.place.runId, row);
      }
    }
    const all = [...wanted.values()];
    const inside = all.filter(({ outside }) => !outside).map(({ place }) => place.runId);
    for (let start = 0; start < inside.length; start += idsAtOnce) {
      const ids = inside.slice(start, start + idsAtOnce);
      const found = await this.find(ids, signal);
      await this.take([...found.values()], signal);
      this.lose(ids.flatMap((id) => (found.has(id) ? [] : (wanted.get(id) ?? []))));
    }
    await this.readOutside(
      all.filter(({ outside }) => outside).map(({ place }) => place),
      signal,
    );
  }

  /** Reads the newest runs until all of a page are known. */
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

  private get searches(): ReturnType<typeof searchesOf> {
    return searchesOf(this.options.query, this.scope);
  }

  /** The rows of this connection. */
  private get own(): readonly TableRow[] {
    return this.options.rows.all.filter(({ place }) => place.connection === this.scope.connection);
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
        const filter = allOf(search.filter, runIdIn(left));
        const page = await this.scope.store.ask(
          (store) => store.searchRuns({ ...search, filter, maxResults: left.length }, signal),
          signal,
        );
        page.items.forEach((run) => found.set(run.id, run));
      }
    }
    return found;
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
    if (gone.length > 0) {
      gone.forEach((row) => this.options.rows.remove(row));
      this.options.onGone(gone);
    }
  }
}

function valuesOf(run: Run | undefined): number {
  return run === undefined ? 0 : run.params.length + run.metrics.length + run.tags.length;
}

/** Lets others have their turn. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
