import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { MlflowError } from '../../src/mlflow/errors';
import { knownHeads } from '../../src/stores/sqlite/schema';
import { SqliteStore } from '../../src/stores/sqlite/sqliteStore';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { runCommand } from '../../scripts/runCommand.mts';
import { startTied } from '../../scripts/tiedProcess.mts';

const never = new AbortController().signal;
const script = path.resolve('test/support/sqliteOracle.py');

describe('a SQLite store that changes', function () {
  this.timeout(300_000);
  let directory: string;
  let python: string;
  const open = (name: string): SqliteStore =>
    new SqliteStore(path.join(directory, name), () => undefined);

  beforeEach(async () => {
    python = await ensurePython('demo');
    directory = await mkdtemp(path.join(tmpdir(), 'sqlite-changes-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it('is read while MLflow logs into it, and holds MLflow up nowhere', async () => {
    const file = path.join(directory, 'mlflow.db');
    await runCommand(python, [script, 'fill', file, '60', '3'], { cwd: directory });
    const store = open('mlflow.db');
    const query = { experimentIds: ['0'], view: 'active', maxResults: 1000 } as const;
    const live = async (): Promise<string[]> =>
      (await store.searchRuns(query, never)).items
        .map(({ name }) => name)
        .filter((name) => name.startsWith('live'));
    const seen: number[] = [];
    const writer = startTied(python, [script, 'write', file, '12'], { cwd: directory });
    let running = true;
    const ended = writer.exited.finally(() => {
      running = false;
    });
    while (running) {
      seen.push((await live()).length);
      // Reading alone would never let this thread hear that the writer has ended.
      await setImmediate();
    }
    assert.equal(await ended, 0, writer.output());
    assert.equal((await live()).length, 12);
    assert.deepEqual(
      seen,
      seen.toSorted((a, b) => a - b),
    );
    assert.ok(new Set(seen).size > 5, `saw ${[...new Set(seen)].join(', ')}`);
    store.dispose();
    // MLflow may have made a folder for artifacts.
    const names = (await readdir(directory)).filter((name) => name !== 'mlruns');
    assert.deepEqual(names, ['mlflow.db']);
  });

  it('is never taken for a broken one while MLflow makes it', async () => {
    const store = open('new.db');
    const seen = new Set<string>();
    const writer = startTied(python, [script, 'write', 'new.db', '1'], { cwd: directory });
    let running = true;
    const ended = writer.exited.finally(() => {
      running = false;
    });
    while (running) {
      await store.serverInfo(never).then(
        () => seen.add('read'),
        ({ kind, reason }: MlflowError) => seen.add(`${kind} ${reason}`),
      );
      await Promise.race([store.nextChange([], never), ended]);
    }
    assert.equal(await ended, 0, writer.output());
    assert.deepEqual([...seen], ['notFound missing', 'unreachable busy', 'read']);
    store.dispose();
  });

  it('is read with every schema from MLflow 2.4 to 3.17', async () => {
    // The last one is of MLflow 3.18, which is not installed here.
    const heads = [...knownHeads.keys()].slice(0, -1);
    await runCommand(python, [script, 'heads', directory, ...heads], { cwd: directory });
    for (const head of heads) {
      const store = open(`${head}.db`);
      const { can } = await store.serverInfo(never);
      assert.equal(can.loggedModels, knownHeads.get(head) === 3, head);
      const query = { experimentIds: ['0'], view: 'all', maxResults: 10 } as const;
      assert.deepEqual((await store.searchRuns(query, never)).items, []);
      assert.deepEqual((await store.searchModelVersions({ maxResults: 10 }, never)).items, []);
      assert.deepEqual((await store.searchRegisteredModels({ maxResults: 10 }, never)).items, []);
      if (can.loggedModels) {
        assert.deepEqual((await store.searchLoggedModels(query, never)).items, []);
      }
      store.dispose();
    }
  });
});
