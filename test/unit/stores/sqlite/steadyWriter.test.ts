import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { SqliteStore } from '../../../../src/stores/sqlite/sqliteStore';
import { makeDatabase } from '../../../support/sqliteFile';

const never = new AbortController().signal;

/** Commits a run every other millisecond, and counts them in `shared[0]`, until `shared[1]` is set. */
const writer = `
  const { DatabaseSync } = require('node:sqlite');
  const { parentPort, workerData } = require('node:worker_threads');
  const shared = new Int32Array(workerData.shared);
  const db = new DatabaseSync(workerData.file);
  db.exec('PRAGMA synchronous = OFF; PRAGMA busy_timeout = 5000');
  const insert = db.prepare("INSERT INTO runs VALUES ('run' || ?1, 'name', 'me', 'FINISHED', ?1, 2, 'active', '', 1)");
  while (Atomics.load(shared, 1) === 0) {
    insert.run(shared[0]);
    Atomics.add(shared, 0, 1);
    parentPort.postMessage('committed');
    Atomics.wait(shared, 1, 0, 2);
  }
  db.close();
`;

describe('a SQLite store that is written to steadily, through a log', () => {
  let folder: string;
  let file: string;
  let store: SqliteStore;
  let shared: Int32Array<SharedArrayBuffer>;
  let thread: Worker;
  let ended: Promise<void>;

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'sqlite-steady-'));
    file = path.join(folder, 'mlflow.db');
    const db = makeDatabase(file, 'wal');
    // To copy it takes longer than until the next commit.
    db.exec('CREATE TABLE ballast AS SELECT zeroblob(40000000) AS bytes');
    db.close();
    store = new SqliteStore(file, () => undefined);
    shared = new Int32Array(new SharedArrayBuffer(8));
    thread = new Worker(writer, { eval: true, workerData: { file, shared: shared.buffer } });
    ended = new Promise((resolve, reject) => {
      thread.on('exit', () => resolve());
      thread.on('error', reject);
    });
    await once(thread, 'message');
  });
  afterEach(async () => {
    Atomics.store(shared, 1, 1);
    Atomics.notify(shared, 1);
    await ended;
    store.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const committed = (): number => Atomics.load(shared, 0);
  const starts = (): number[] => Array.from({ length: committed() }, (_, index) => index);

  it('shows all that was committed before it was asked, and nothing by halves', async () => {
    for (let round = 0; round < 5; round++) {
      const before = committed();
      const { items } = await store.searchRuns(
        { experimentIds: ['1'], view: 'all', maxResults: 50_000 },
        never,
      );
      assert.ok(items.length >= before, `${items.length} of ${before}`);
      assert.deepEqual(
        items.map(({ startTime }) => startTime).reverse(),
        starts().slice(0, items.length),
      );
      assert.ok(committed() > before);
    }
  });

  it('answers all that ask at once', async () => {
    const before = committed();
    const found = await Promise.all(
      Array.from({ length: 5 }, () =>
        store.searchRuns({ experimentIds: ['1'], view: 'all', maxResults: 50_000 }, never),
      ),
    );
    assert.ok(found.every(({ items }) => items.length >= before));
    assert.ok(readdirSync(folder).includes('mlflow.db-wal'));
  });
});
