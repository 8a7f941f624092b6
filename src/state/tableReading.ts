import { MlflowError } from '../mlflow/errors';
import type { Run } from '../mlflow/model';
import { runPages } from './runPages';
import { searchesOf, type TableQuery } from './tableQuery';
import { TableReader, type ReaderScope } from './tableReader';
import { TableRows, type TableRow } from './tableRows';

/** A server that does not take a filter. */
export class FilterRefused extends Error {
  constructor(
    /** Which of the query's filters. */
    readonly filter: number,
    override readonly cause: MlflowError,
  ) {
    super(`filter ${filter} is refused: ${cause.message}`);
  }
}

/** How far a reading is. */
export interface TableProgress {
  /** Runs that the query finds. */
  readonly found: number;
  readonly standing: 'reading' | 'complete' | 'stopped' | 'failed';
  /** Why it failed. */
  readonly error: unknown;
  /** Milliseconds since 1970; absent before anything came. */
  readonly readAt: number | undefined;
}

export interface TableReadingOptions {
  /** Tells it from other readings. */
  readonly number: number;
  readonly query: TableQuery;
  readonly scopes: readonly ReaderScope[];
  /** Resolves once somebody can see the table. */
  readonly seen: () => Promise<void>;
  /** New, or otherwise than before. */
  readonly onRows: (reading: TableReading, rows: readonly TableRow[]) => void;
  readonly onGone: (reading: TableReading, rows: readonly TableRow[]) => void;
  readonly onProgress: (reading: TableReading) => void;
}

/** First pages that wait to be taken over. */
interface Begun {
  readonly reader: TableReader;
  readonly pages: AsyncGenerator<readonly Run[]>;
  readonly page: IteratorResult<readonly Run[]>;
}

/** What is read so soon, in milliseconds, is read whole again when a store tells of a change. */
const shortReading = 1000;

/** One reading of a query: what it found, which is kept up to date. */
export class TableReading {
  readonly rows = new TableRows();
  private readonly controller = new AbortController();
  private readonly readers: readonly TableReader[];
  private step = new AbortController();
  private begun: readonly Begun[] = [];
  /** Why there is no first page of others. */
  private failures: readonly unknown[] = [];
  private tookFor = Infinity;
  private current: Omit<TableProgress, 'found'> = {
    standing: 'reading',
    error: undefined,
    readAt: undefined,
  };

  constructor(private readonly options: TableReadingOptions) {
    this.readers = options.scopes.map(
      (scope) =>
        new TableReader({
          scope,
          query: options.query,
          rows: this.rows,
          seen: options.seen,
          onRows: (rows) => options.onRows(this, rows),
          onGone: (rows) => options.onGone(this, rows),
        }),
    );
  }

  get number(): number {
    return this.options.number;
  }

  get query(): TableQuery {
    return this.options.query;
  }

  get progress(): TableProgress {
    return { ...this.current, found: this.rows.found };
  }

  /** Reads the first pages. Rejects with {@link FilterRefused}, or when none of them can be read. */
  async begin(): Promise<void> {
    const { query, seen } = this.options;
    const { signal } = this.step;
    const failures: unknown[] = [];
    const begun = await Promise.all(
      this.readers.flatMap((reader) =>
        searchesOf(query, reader.scope).map(async (search, filter): Promise<Begun[]> => {
          const pages = runPages({ store: reader.scope.store, search, turn: seen, signal });
          try {
            return [{ reader, pages, page: await pages.next() }];
          } catch (error) {
            if (isRefusal(error)) {
              throw new FilterRefused(filter, error);
            }
            signal.throwIfAborted();
            failures.push(error);
            return [];
          }
        }),
      ),
    );
    this.begun = begun.flat();
    this.failures = failures;
    if (this.begun.length === 0 && failures.length > 0) {
      throw failures[0];
    }
  }

  /** Takes over what {@link begin} read, and reads on to the end, of each server as far as it goes; never rejects. */
  async readOn(): Promise<void> {
    const { begun } = this;
    this.begun = [];
    await this.reading(async (signal) => {
      const failures = [...this.failures];
      for (const each of begun) {
        try {
          await this.takeAll(each, signal);
        } catch (error) {
          signal.throwIfAborted();
          failures.push(error);
        }
      }
      if (failures.length === 0) {
        this.note({ standing: 'complete' });
      }
      await Promise.all(this.readers.map((reader) => reader.readParents(signal)));
      if (failures.length > 0) {
        throw failures[0];
      }
    });
  }

  /** Reads everything again, after which what is not found is gone; never rejects. */
  async readAgain(): Promise<void> {
    this.step.abort();
    this.step = new AbortController();
    this.note({ standing: 'reading', error: undefined });
    await this.reading(async (signal) => {
      await Promise.all(this.readers.map((reader) => reader.readWhole(signal)));
      this.note({ standing: 'complete', readAt: Date.now() });
    });
  }

  /** Says that nothing could be read. */
  fail(error: unknown): void {
    this.note({ standing: 'failed', error });
  }

  /** Reads no further; what has come stays. */
  stop(): void {
    if (this.current.standing === 'reading') {
      this.step.abort();
      this.note({ standing: 'stopped' });
    }
  }

  /**
   * Reads again what may have changed of a connection: runs in progress and those of `keys`, and what is new. Rejects
   * when that cannot be read. Not while something else is read: changes would be missed.
   */
  async refresh(connection: string, keys: Iterable<string>, signal: AbortSignal): Promise<void> {
    const reader = this.readers.find(({ scope }) => scope.connection === connection);
    const { standing } = this.current;
    if (reader === undefined) {
      return;
    }
    const both = AbortSignal.any([signal, this.controller.signal]);
    if (reader.scope.store.session?.tellsChanges === true && this.tookFor < shortReading) {
      await reader.readWhole(both);
    } else {
      await reader.readSome(keys, both);
      await (standing === 'complete' && reader.readNew(both));
    }
    this.note({ readAt: Date.now() });
  }

  dispose(): void {
    this.controller.abort();
    this.step.abort();
  }

  private async takeAll({ reader, pages, page }: Begun, signal: AbortSignal): Promise<void> {
    for (let next = page; next.done !== true; next = await pages.next()) {
      await reader.take(next.value, signal);
      this.note({ readAt: Date.now() });
    }
  }

  private async reading(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { signal } = this.step;
    const begun = Date.now();
    try {
      await work(signal);
      this.tookFor = Date.now() - begun;
    } catch (error) {
      if (!signal.aborted) {
        this.fail(error);
      }
    }
  }

  private note(change: Partial<TableProgress>): void {
    this.current = { ...this.current, ...change };
    if (!this.controller.signal.aborted) {
      this.options.onProgress(this);
    }
  }
}

function isRefusal(error: unknown): error is MlflowError {
  return error instanceof MlflowError && error.reason === 'invalid';
}
