import { Connection, type OpeningWay } from './connection';
import type { DatabaseFile } from './databaseFile';
import type { Row, Rows, SqlParameter } from './rows';
import { type Schema, readSchema } from './schema';
import type { Snapshot } from './snapshot';

/** For how long nothing happens while MLflow makes its tables. */
const freshMs = 10_000;

/** What a reading sees. */
export interface Reader extends Rows {
  readonly schema: Schema;
}

/** One opening of a database, in one of the ways, for as many readings as come while it is good. */
export class OpenDatabase implements Reader {
  private readonly connection: Connection;
  private known: { readonly version: number; readonly schema: Schema } | undefined;
  private users = 0;
  private retired = false;

  /** `file` is what is opened, or what the copy was made of. */
  constructor(
    readonly way: OpeningWay,
    private readonly file: DatabaseFile,
    private readonly snapshot?: Snapshot,
  ) {
    try {
      this.connection = new Connection(snapshot?.path ?? file.path, way);
    } catch (error) {
      snapshot?.remove();
      throw error;
    }
    if (snapshot !== undefined && process.platform !== 'win32' && this.connection.holdsFiles()) {
      // What is open can be read after it was removed, and nothing is left behind should the process be killed.
      snapshot.remove();
    }
  }

  /** Whether a reading that begins now may use it. */
  isCurrent(now: DatabaseFile): boolean {
    return (
      !this.retired && (this.way === 'copy' ? now.content === this.file.content : this.isGood(now))
    );
  }

  /** Whether it is a copy that holds what had been committed at that moment, however much was since. */
  isCopyOf(moment: number): boolean {
    return !this.retired && this.snapshot !== undefined && this.snapshot.asOf >= moment;
  }

  /** Whether a reading that uses it may go on: a copy stays what it is. */
  isGood(now: DatabaseFile): boolean {
    switch (this.way) {
      case 'copy':
        return true;
      case 'unchanging':
        return now.content === this.file.content;
      case 'inPlace':
        return now.identity === this.file.identity && !now.usesLog;
    }
  }

  get schema(): Schema {
    if (this.known === undefined) {
      throw new Error('no transaction is open');
    }
    return this.known.schema;
  }

  rows(sql: string, ...parameters: readonly SqlParameter[]): readonly Row[] {
    return this.connection.rows(sql, ...parameters);
  }

  /** Carries out `work` within one read transaction, with the schema as it is then; `now` is what lies there. */
  transaction<T>(now: DatabaseFile, work: () => T): T {
    const version = this.connection.begin();
    try {
      if (this.known?.version !== version) {
        this.known = { version, schema: readSchema(this.connection, isFresh(now)) };
      }
      return work();
    } finally {
      this.connection.end();
    }
  }

  get isIdle(): boolean {
    return this.users === 0;
  }

  use(): void {
    this.users++;
  }

  release(): void {
    this.users--;
    this.closeWhenUnused();
  }

  /** Closes it when its last reading ends. */
  retire(): void {
    this.retired = true;
    this.closeWhenUnused();
  }

  private closeWhenUnused(): void {
    if (this.retired && this.users === 0) {
      this.connection.close();
      this.snapshot?.remove();
    }
  }
}

function isFresh({ changedAt }: DatabaseFile): boolean {
  return Math.abs(Date.now() - changedAt) < freshMs;
}
