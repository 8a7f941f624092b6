import assert from 'node:assert/strict';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync, spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { removeLeftovers } from '../../../../src/stores/openStore';
import { SqliteStore } from '../../../../src/stores/sqlite/sqliteStore';
import { failure } from '../../../support/failure';
import { addRuns, makeDatabase } from '../../../support/sqliteFile';

const never = new AbortController().signal;

describe('opening a SQLite store', () => {
  let folder: string;
  let file: string;
  let lines: string[];
  let stores: SqliteStore[];
  let writers: DatabaseSync[];

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'sqlite-opening-'));
    file = path.join(folder, 'mlflow.db');
    lines = [];
    stores = [];
    writers = [];
  });
  afterEach(() => {
    stores.forEach((store) => store.dispose());
    writers.forEach((db) => db.isOpen && db.close());
    rmSync(folder, { recursive: true, force: true });
  });

  const open = (at = file): SqliteStore => {
    const store = new SqliteStore(at, (line) => lines.push(line));
    stores.push(store);
    return store;
  };
  const make = (mode: 'delete' | 'wal' = 'delete', at = file): DatabaseSync => {
    const db = makeDatabase(at, mode);
    writers.push(db);
    return db;
  };
  const count = async (store: SqliteStore): Promise<number> => {
    const query = { experimentIds: ['1'], view: 'all', maxResults: 50_000 } as const;
    return (await store.searchRuns(query, never)).items.length;
  };
  /** What the writer would leave behind if it were killed now, in a folder of its own. */
  const abandoned = (): string => {
    const other = path.join(folder, 'abandoned');
    mkdirSync(other);
    for (const suffix of ['', '-wal', '-journal']) {
      if (existsSync(file + suffix)) {
        copyFileSync(file + suffix, path.join(other, `mlflow.db${suffix}`));
      }
    }
    return path.join(other, 'mlflow.db');
  };
  const copies = (): string[] =>
    readdirSync(tmpdir()).filter((name) =>
      name.startsWith(`mlflow-workbench-copy-${process.pid}-`),
    );

  it('sees what is written after it was opened, and leaves nothing beside the database', async () => {
    const db = make();
    addRuns(db, 3);
    const store = open();
    assert.equal(await count(store), 3);
    addRuns(db, 4, 'later');
    assert.equal(await count(store), 7);
    assert.deepEqual(readdirSync(folder), ['mlflow.db']);
    assert.equal(lines.filter((line) => line.startsWith('opened')).length, 1);
  });

  it('leaves nothing beside a database in write-ahead mode that nobody writes', async () => {
    const db = make('wal');
    addRuns(db, 3);
    db.close();
    assert.deepEqual(readdirSync(folder), ['mlflow.db']);
    const store = open();
    assert.equal(await count(store), 3);
    assert.deepEqual(readdirSync(folder), ['mlflow.db']);
    assert.match(lines[0] ?? '', /unchanging/);
  });

  it('sees rows that lie in the log of a killed writer, and leaves the log as it was', async () => {
    const db = make('wal');
    addRuns(db, 3);
    const left = abandoned();
    assert.deepEqual(readdirSync(path.dirname(left)), ['mlflow.db', 'mlflow.db-wal']);
    const store = open(left);
    assert.equal(await count(store), 3);
    assert.deepEqual(readdirSync(path.dirname(left)), ['mlflow.db', 'mlflow.db-wal']);
    // Windows keeps what is open.
    assert.equal(copies().length, process.platform === 'win32' ? 1 : 0);
    assert.equal(await count(store), 3);
    store.dispose();
    assert.deepEqual(copies(), []);
  });

  it('removes the copy of a process that was killed, and none of one that runs', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    const copyOf = (owner: number): string => {
      const left = mkdtempSync(path.join(tmpdir(), `mlflow-workbench-copy-${owner}-`));
      writeFileSync(path.join(left, 'copy.db'), 'rows');
      return left;
    };
    const [abandoned, used] = [copyOf(pid), copyOf(process.pid)];
    try {
      await removeLeftovers();
      assert.deepEqual([existsSync(abandoned), existsSync(used)], [false, true]);
    } finally {
      rmSync(abandoned, { recursive: true, force: true });
      rmSync(used, { recursive: true });
    }
  });

  it('sees each commit of a writer that keeps a log', async () => {
    const db = make('wal');
    const store = open();
    for (let round = 1; round <= 4; round++) {
      addRuns(db, 2, `round ${round} `);
      assert.equal(await count(store), round * 2);
      if (round === 2) {
        db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
        assert.equal(await count(store), round * 2);
      }
    }
    assert.deepEqual(readdirSync(folder), ['mlflow.db', 'mlflow.db-shm', 'mlflow.db-wal']);
    db.close();
    assert.deepEqual(readdirSync(folder), ['mlflow.db']);
    assert.equal(await count(store), 8);
  });

  it('notices that a database changed to write-ahead mode', async () => {
    const db = make();
    addRuns(db, 1);
    const store = open();
    assert.equal(await count(store), 1);
    db.exec('PRAGMA journal_mode = wal');
    addRuns(db, 1, 'logged');
    assert.equal(await count(store), 2);
    db.close();
    assert.deepEqual(readdirSync(folder), ['mlflow.db']);
  });

  it('undoes what a killed writer had not committed, in a copy', async () => {
    const db = make();
    addRuns(db, 3);
    db.exec('PRAGMA cache_size = 5; BEGIN');
    addRuns(db, 5000, 'lost');
    const left = abandoned();
    db.exec('ROLLBACK');
    const before = readdirSync(path.dirname(left));
    assert.ok(before.includes('mlflow.db-journal'));
    assert.equal(await count(open(left)), 3);
    assert.deepEqual(readdirSync(path.dirname(left)), before);
  });

  it('reads a folder that nobody may write to', async function () {
    const nobody = 65534;
    const isRoot = process.geteuid?.() === 0;
    if (process.platform === 'win32') {
      this.skip();
    }
    const db = make('wal');
    addRuns(db, 2);
    db.close();
    addRuns(make('delete', path.join(folder, 'other.db')), 3);
    chmodSync(folder, 0o555);
    if (isRoot) process.seteuid?.(nobody);
    try {
      assert.throws(() => writeFileSync(path.join(folder, 'x'), ''));
      assert.equal(await count(open()), 2);
      assert.equal(await count(open(path.join(folder, 'other.db'))), 3);
    } finally {
      if (isRoot) process.seteuid?.(0);
      chmodSync(folder, 0o755);
    }
  });

  it('opens a database anew that was replaced', async () => {
    addRuns(make(), 2);
    const store = open();
    assert.equal(await count(store), 2);
    const other = path.join(folder, 'other.db');
    const db = make('delete', other);
    addRuns(db, 5);
    db.close();
    renameSync(other, file);
    assert.equal(await count(store), 5);
  });

  it('says that the database is gone, and finds it when it is back', async () => {
    addRuns(make(), 2);
    const store = open();
    await count(store);
    renameSync(file, `${file}.away`);
    const error = await failure(count(store));
    assert.deepEqual([error.kind, error.reason], ['notFound', 'missing']);
    renameSync(`${file}.away`, file);
    assert.equal(await count(store), 2);
  });

  it('waits for a writer, and says so when it takes too long', async () => {
    const db = make();
    addRuns(db, 2);
    const store = open();
    db.exec('BEGIN EXCLUSIVE');
    const waiting = count(store);
    setTimeout(() => db.exec('COMMIT'), 200);
    assert.equal(await waiting, 2);
    db.exec('BEGIN EXCLUSIVE');
    const error = await failure(count(store));
    assert.deepEqual([error.kind, error.reason], ['unreachable', 'busy']);
    db.exec('COMMIT');
    assert.equal(await count(store), 2);
  });

  it('gives up waiting when it is cancelled', async () => {
    make().exec('BEGIN EXCLUSIVE');
    const controller = new AbortController();
    const waiting = open().getRun('x', controller.signal);
    controller.abort();
    await assert.rejects(waiting, { name: 'AbortError' });
  });

  it('refuses a schema that it does not know', async () => {
    const db = make();
    const store = open();
    assert.equal(await count(store), 0);
    db.exec(`UPDATE alembic_version SET version_num = 'abc123'; CREATE TABLE another (x)`);
    const error = await failure(count(store));
    assert.deepEqual([error.kind, error.reason], ['unsupported', 'feature']);
    assert.match(error.detail.serverMessage ?? '', /abc123/);
  });

  it('refuses tables that are not as MLflow makes them', async () => {
    const db = make();
    const store = open();
    const change = (statements: string): void => {
      db.exec(statements);
      utimesSync(file, 1, 1);
    };
    change('DROP TABLE params');
    assert.equal((await failure(count(store))).kind, 'unsupported');
    change('CREATE VIEW params AS SELECT 1 AS key, 2 AS value, 3 AS run_uuid');
    assert.equal((await failure(count(store))).kind, 'unsupported');
    change('DROP VIEW params; CREATE TABLE params (key, value, run_uuid)');
    assert.equal((await failure(count(store))).kind, 'unsupported');
    change('CREATE INDEX by_key ON params (key, run_uuid)');
    assert.equal((await failure(count(store))).kind, 'unsupported');
    change('CREATE INDEX by_run ON params (run_uuid)');
    assert.equal(await count(store), 0);
  });

  it('waits while MLflow makes the tables', async () => {
    const store = open();
    const busy = async (): Promise<void> => {
      const { kind, reason } = await failure(count(store));
      assert.deepEqual([kind, reason], ['unreachable', 'busy']);
    };
    writeFileSync(file, '');
    await busy();
    const db = make();
    db.exec(`DROP TABLE inputs; UPDATE alembic_version SET version_num = '97727af70f4d'`);
    await busy();
    db.exec(`UPDATE alembic_version SET version_num = '7f2a7d5fae7d'`);
    await busy();
    utimesSync(file, 1, 1);
    assert.equal((await failure(count(store))).kind, 'unsupported');
  });

  it('says that the tables are not those of MLflow', async () => {
    const store = open();
    writeFileSync(file, '');
    utimesSync(file, 1, 1);
    assert.equal((await failure(count(store))).kind, 'malformed');
    make().exec('DROP TABLE runs; DROP TABLE alembic_version');
    utimesSync(file, 1, 1);
    assert.equal((await failure(count(store))).kind, 'malformed');
    assert.deepEqual(readdirSync(folder), ['mlflow.db']);
  });

  it('says what is no database, or a damaged one', async () => {
    writeFileSync(file, '<html>');
    const noDatabase = await failure(count(open()));
    assert.deepEqual([noDatabase.kind, noDatabase.reason], ['malformed', 'shape']);
    rmSync(file);
    const db = make();
    addRuns(db, 2000);
    db.close();
    const damaged = path.join(folder, 'damaged.db');
    cpSync(file, damaged);
    writeFileSync(damaged, Buffer.alloc(60_000, 7), { flag: 'r+' });
    writeFileSync(damaged, 'SQLite format 3\0', { flag: 'r+' });
    const error = await failure(count(open(damaged)));
    assert.equal(error.kind, 'malformed');
  });

  it('says that a database was cut short', async () => {
    const db = make();
    addRuns(db, 2000);
    db.close();
    truncateSync(file, 8192);
    const error = await failure(count(open()));
    assert.equal(error.kind, 'malformed');
  });

  it('waits for no pipe in the place of a file', async function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    execFileSync('mkfifo', [file]);
    assert.equal((await failure(count(open()))).kind, 'malformed');
    const other = path.join(folder, 'other.db');
    make('delete', other).close();
    execFileSync('mkfifo', [`${other}-journal`]);
    assert.equal((await failure(count(open(other)))).kind, 'malformed');
  });

  it('sees the log beside the file that a link leads to, and a link that leads elsewhere', async () => {
    const db = make('wal');
    addRuns(db, 3);
    const elsewhere = path.join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    const link = path.join(elsewhere, 'link.db');
    symlinkSync(file, link);
    const store = open(link);
    assert.equal(await count(store), 3);
    db.close();
    assert.equal(await count(store), 3);
    const other = path.join(folder, 'other.db');
    addRuns(make('delete', other), 5);
    rmSync(link);
    symlinkSync(other, link);
    assert.equal(await count(store), 5);
    assert.deepEqual(readdirSync(elsewhere), ['link.db']);
    rmSync(other);
    assert.equal((await failure(count(store))).kind, 'notFound');
  });

  for (const name of [
    'a b.db',
    '실험 é😀.db',
    'a%20b.db',
    'a?b#c.db',
    'file:a.db',
    `it's "x".db`,
  ]) {
    it(`opens ${name} in each way`, async function () {
      if (process.platform === 'win32' && /[?:"]/.test(name)) {
        this.skip();
      }
      const odd = path.join(folder, name);
      const db = make('delete', odd);
      addRuns(db, 1);
      const store = open(odd);
      assert.equal(await count(store), 1);
      db.exec('PRAGMA journal_mode = wal');
      addRuns(db, 1, 'logged');
      assert.equal(await count(store), 2);
      db.close();
      assert.equal(await count(store), 2);
      assert.deepEqual(readdirSync(folder), [name]);
      const ways = lines.map((line) => /^opened.*\((.*)\)/.exec(line)?.[1]).filter(Boolean);
      assert.deepEqual(ways, ['inPlace', 'copy', 'unchanging']);
    });
  }

  it('says that it was closed', async () => {
    make();
    const store = open();
    store.dispose();
    const error = await failure(count(store));
    assert.deepEqual([error.kind, error.reason], ['unreachable', 'cut']);
  });
});
