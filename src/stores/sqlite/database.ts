import { setTimeout as delay } from 'node:timers/promises';
import { MlflowError } from '../../mlflow/errors';
import { checkAbort, nextTurn } from '../local/abort';
import { inspectDatabase } from './databaseFile';
import { OpenDatabase, type Reader } from './openDatabase';
import { isBusy, needsRecovery, sqliteFailure } from './sqliteFailure';
import { takeSnapshot } from './snapshot';

/** Reads piece by piece: at each `yield` the transaction may end, and other work get through. */
export type Reading<T> = Generator<void, T>;

/** A writer with a rollback journal waits for its readers: no transaction may be longer than 50 ms. */
const transactionMs = 10;
const busyForMs = 3000;
const busyPauseMs = 40;
/** Then it is closed: an open file cannot be moved away on Windows. */
const idleMs = 5000;
const restarts = 5;

type Piece<T> = { readonly done: T } | 'more' | 'busy' | 'changed' | 'recover';

/**
 * A database that is read in its place without leaving a trace there. It is opened with the first reading, anew when
 * it can no longer be read in the same way, as after it was replaced, and closed when nobody reads.
 */
export class Database {
  private current: OpenDatabase | undefined;
  private copying: Promise<void> | undefined;
  /** Content that has to be recovered before it can be read. */
  private unrecovered: string | undefined;
  private idle: NodeJS.Timeout | undefined;
  private disposed = false;

  /** `log` gets a line when the database is opened. */
  constructor(
    private readonly path: string,
    private readonly log: (line: string) => void,
  ) {}

  /**
   * Carries out a reading, with others in between its pieces; from the beginning again where the file changes in a
   * way that it must not see.
   *
   * @throws `unreachable` (`busy`) where a writer holds the file for three seconds or it never stays the same,
   *   `unsupported` (`feature`) where the schema is not known, `malformed` (`shape`) where it is damaged, and
   *   what `inspectDatabase` and `takeSnapshot` throw
   */
  async read<T>(reading: (reader: Reader) => Reading<T>, signal: AbortSignal): Promise<T> {
    try {
      for (let attempt = 0; attempt < restarts; attempt++) {
        const open = await this.acquire(signal);
        try {
          const result = await this.readOn(open, reading(open), signal);
          if (result !== undefined) {
            return result.done;
          }
        } finally {
          this.release(open);
        }
      }
    } catch (error) {
      throw sqliteFailure(error);
    }
    throw busy('the database keeps changing while it is read');
  }

  dispose(): void {
    this.disposed = true;
    this.retire();
  }

  /** `undefined` where it has to be begun again. */
  private async readOn<T>(
    open: OpenDatabase,
    steps: Reading<T>,
    signal: AbortSignal,
  ): Promise<{ readonly done: T } | undefined> {
    let busyUntil = Infinity;
    for (;;) {
      const piece = this.readPiece(open, steps);
      if (typeof piece === 'object') {
        return piece;
      }
      if (piece === 'changed' || piece === 'recover') {
        this.retire();
        return undefined;
      }
      busyUntil = piece === 'busy' ? Math.min(busyUntil, performance.now() + busyForMs) : Infinity;
      if (performance.now() >= busyUntil) {
        throw busy('the database is locked');
      }
      await (piece === 'busy' ? delay(busyPauseMs, undefined, { signal }) : nextTurn(signal));
    }
  }

  /** One transaction. Never interrupted, so that nothing else of this thread touches the file while it is locked. */
  private readPiece<T>(open: OpenDatabase, steps: Reading<T>): Piece<T> {
    const before = inspectDatabase(this.path);
    if (!open.isGood(before)) {
      return 'changed';
    }
    let begun = false;
    let piece: Piece<T> = 'more';
    let failure: { readonly error: unknown } | undefined;
    try {
      piece = open.transaction(before, () => {
        begun = true;
        return advance(steps);
      });
    } catch (error) {
      if (!begun && isBusy(error)) {
        return 'busy';
      }
      if (!begun && open.way === 'inPlace' && needsRecovery(error)) {
        this.unrecovered = before.content;
        return 'recover';
      }
      failure = { error };
    }
    if (open.way === 'unchanging' && !open.isGood(inspectDatabase(this.path))) {
      return 'changed';
    }
    if (failure !== undefined) {
      throw failure.error;
    }
    return piece;
  }

  /** An opening that is good now, which has to be released. */
  private async acquire(signal: AbortSignal): Promise<OpenDatabase> {
    const asked = performance.now();
    for (;;) {
      checkAbort(signal);
      if (this.disposed) {
        throw new MlflowError('unreachable', 'cut', { serverMessage: 'the store was closed' });
      }
      const open = this.currentOrOpened(asked);
      if (open !== undefined) {
        clearTimeout(this.idle);
        open.use();
        return open;
      }
      this.copying ??= this.openCopy().finally(() => {
        this.copying = undefined;
      });
      await this.copying;
    }
  }

  /** One that holds what had been committed when it was asked for; `undefined` where that has to be copied. */
  private currentOrOpened(asked: number): OpenDatabase | undefined {
    const file = inspectDatabase(this.path);
    // Who writes steadily has written more while the copy was made.
    if (this.current?.isCurrent(file) === true || this.current?.isCopyOf(asked) === true) {
      return this.current;
    }
    this.retire();
    if (file.usesLog ? file.hasLog : file.content === this.unrecovered) {
      return undefined;
    }
    const way = file.usesLog ? 'unchanging' : 'inPlace';
    return this.opened(new OpenDatabase(way, file));
  }

  private async openCopy(): Promise<void> {
    const snapshot = await takeSnapshot(this.path);
    this.retire();
    this.opened(new OpenDatabase('copy', snapshot.of, snapshot));
    this.closeWhenIdle();
  }

  private opened(open: OpenDatabase): OpenDatabase {
    this.log(`opened the database (${open.way})`);
    this.current = open;
    return open;
  }

  private release(open: OpenDatabase): void {
    open.release();
    this.closeWhenIdle();
  }

  private closeWhenIdle(): void {
    clearTimeout(this.idle);
    if (this.disposed) {
      this.retire();
    } else if (this.current?.isIdle === true) {
      this.idle = setTimeout(() => this.retire(), idleMs).unref();
    }
  }

  private retire(): void {
    clearTimeout(this.idle);
    this.current?.retire();
    this.current = undefined;
  }
}

function advance<T>(steps: Reading<T>): Piece<T> {
  const until = performance.now() + transactionMs;
  do {
    const step = steps.next();
    if (step.done === true) {
      return { done: step.value };
    }
  } while (performance.now() < until);
  return 'more';
}

function busy(serverMessage: string): MlflowError {
  return new MlflowError('unreachable', 'busy', { serverMessage });
}
