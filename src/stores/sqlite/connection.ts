import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import type { Row, Rows, SqlParameter } from './rows';
import { sqliteModule } from './sqliteModule';

/**
 * How a database is opened:
 * - `inPlace`: reading only, under the locks that writers heed; leaves nothing, unless there is a write-ahead log
 * - `unchanging`: without locks and without files beside it, as long as nothing changes
 * - `copy`: a private copy, which may be written to in order to recover it
 */
export type OpeningWay = 'inPlace' | 'unchanging' | 'copy';

/** How long SQLite itself waits for a writer; meanwhile the thread stands still. */
const busyMs = 15;

/** An open database. Everything throws SQLite's own errors. */
export class Connection implements Rows {
  private readonly db: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();

  constructor(path: string, way: OpeningWay) {
    const { DatabaseSync } = sqliteModule();
    this.db = new DatabaseSync(way === 'unchanging' ? immutable(path) : path, {
      readOnly: way !== 'copy',
      enableForeignKeyConstraints: false,
    });
    if (way === 'copy') {
      // Then the index of its log is kept in memory, and no file is opened again.
      this.db.exec('PRAGMA locking_mode = exclusive');
    }
    // MLflow compares with LIKE in this way; and what a strange schema would run is not run.
    this.db.exec(
      `PRAGMA busy_timeout = ${busyMs}; PRAGMA case_sensitive_like = true; PRAGMA trusted_schema = false`,
    );
  }

  /** Opens all files of a copy, which recovers it; whether that was possible. What stands against it is thrown by `begin`. */
  holdsFiles(): boolean {
    try {
      this.begin();
      this.end();
      return true;
    } catch {
      return false;
    }
  }

  /** Begins a read transaction; resolves to a number that changes with the tables. */
  begin(): number {
    this.db.exec('BEGIN');
    try {
      const [row] = this.rows('PRAGMA schema_version');
      return Number(row?.[0]);
    } catch (error) {
      this.end();
      throw error;
    }
  }

  end(): void {
    this.db.exec('COMMIT');
  }

  rows(sql: string, ...parameters: readonly SqlParameter[]): readonly Row[] {
    const statement = this.prepare(sql);
    try {
      return all(statement, parameters);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_OUT_OF_RANGE') {
        throw error;
      }
      return withBigInts(statement, parameters);
    }
  }

  close(): void {
    this.statements.clear();
    this.db.close();
  }

  private prepare(sql: string): StatementSync {
    const known = this.statements.get(sql);
    if (known !== undefined) {
      return known;
    }
    const statement = this.db.prepare(sql);
    statement.setReturnArrays(true);
    if (this.statements.size > 100) {
      this.statements.clear();
    }
    this.statements.set(sql, statement);
    return statement;
  }
}

/** The URI of a file that does not change; of another machine on Windows, too, for which SQLite wants four slashes. */
function immutable(path: string): string {
  return `${pathToFileURL(path).href.replace(/^file:\/\/(?=[^/])/, 'file:////')}?immutable=1`;
}

function all(statement: StatementSync, parameters: readonly SqlParameter[]): readonly Row[] {
  const rows: unknown[] = statement.all(...parameters);
  return rows as Row[];
}

function withBigInts(
  statement: StatementSync,
  parameters: readonly SqlParameter[],
): readonly Row[] {
  statement.setReadBigInts(true);
  try {
    return all(statement, parameters);
  } finally {
    statement.setReadBigInts(false);
  }
}
