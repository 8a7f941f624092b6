import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Run } from '../../../../src/mlflow/model';
import { SqliteStore } from '../../../../src/stores/sqlite/sqliteStore';
import { failure } from '../../../support/failure';
import { addRuns, makeDatabase } from '../../../support/sqliteFile';

const never = new AbortController().signal;
const odd = `</script><img src=x onerror=alert(1)>\0'"\`; DROP TABLE runs; -- ‮ ﻿ 😀`;

describe('what lies in a SQLite store', () => {
  let folder: string;
  let db: DatabaseSync;
  let store: SqliteStore;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'sqlite-hostile-'));
    const file = path.join(folder, 'mlflow.db');
    db = makeDatabase(file);
    store = new SqliteStore(file, () => undefined);
  });
  afterEach(() => {
    store.dispose();
    db.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const runs = async (experimentId = '1'): Promise<readonly Run[]> =>
    (await store.searchRuns({ experimentIds: [experimentId], view: 'all', maxResults: 100 }, never))
      .items;
  const insert = (
    table: string,
    ...values: (string | number | bigint | null | Uint8Array)[]
  ): void => {
    db.prepare(`INSERT INTO ${table} VALUES (${values.map(() => '?').join(', ')})`).run(...values);
  };

  it('is handed on as it is, where it is text', async () => {
    insert('runs', odd, odd, odd, 'FINISHED', 1, 2, 'active', odd, 1);
    insert('params', odd, odd, odd);
    insert('params', '__proto__', 'constructor', odd);
    insert('tags', odd, odd, odd);
    insert('metrics', odd, 1.5, 1, 2, 0, odd);
    insert('latest_metrics', odd, 1.5, 1, 2, 0, odd);
    const [run] = await runs();
    assert.deepEqual(run, await store.getRun(odd, never));
    assert.deepEqual([run?.id, run?.name, run?.userId, run?.artifactUri], [odd, odd, odd, odd]);
    assert.deepEqual(run?.params, [
      { key: odd, value: odd },
      { key: '__proto__', value: 'constructor' },
    ]);
    assert.deepEqual(run?.metrics, [{ key: odd, value: 1.5, timestamp: 1, step: 2 }]);
    const history = await store.metricHistory(odd, odd, { maxPoints: 10 }, never);
    assert.deepEqual([...history.values], [1.5]);
  });

  it('may be of any type in any column', async () => {
    const bytes = new Uint8Array([0xff, 0x41]);
    insert('runs', 'odd', 5, 2.5, 7, 'soon', bytes, 'active', null, 1);
    insert('runs', 'none', null, null, null, null, null, 'active', null, 1);
    insert('params', 'number', 5, 'odd');
    insert('params', null, null, 'odd');
    insert('params', bytes, bytes, 'odd');
    insert('latest_metrics', 'null', null, null, null, 1, 'odd');
    insert('latest_metrics', 'nothing', null, 'x', 'y', null, 'odd');
    insert('latest_metrics', 'text', 'x', 2n ** 62n, -(2n ** 62n), 0, 'odd');
    insert('inputs', 'i', 'DATASET', 'nosuch', 'RUN', 'odd');
    addRuns(db, 1, 'whole');
    const found = await runs();
    assert.deepEqual(
      found.map(({ id }) => id),
      ['odd', 'whole0', 'none'],
    );
    const run = found.find(({ id }) => id === 'odd');
    assert.deepEqual([run?.name, run?.userId, run?.status], ['5', '2.5', 'RUNNING']);
    assert.deepEqual([run?.startTime, run?.endTime, run?.datasets], [undefined, undefined, []]);
    assert.deepEqual(run?.params, [
      { key: 'number', value: '5' },
      { key: '', value: '' },
      { key: '\ufffdA', value: '\ufffdA' },
    ]);
    assert.deepEqual(run?.metrics, [
      { key: 'null', value: NaN, timestamp: 0, step: 0 },
      { key: 'nothing', value: NaN, timestamp: 0, step: 0 },
      { key: 'text', value: NaN, timestamp: 2 ** 62, step: -(2n ** 62n) },
    ]);
  });

  it('may have experiments with the long ids of folders', async () => {
    const id = 123456789012345679n;
    insert('experiments', id, 'from a folder', '/nowhere', 'active', 1, 1);
    insert('experiment_tags', 'team', 'blue', id);
    db.exec(`UPDATE runs SET experiment_id = ${id}`);
    insert('runs', 'r', 'r', '', 'FINISHED', 1, 2, 'active', '', id);
    const experiment = await store.getExperiment(String(id), never);
    assert.deepEqual(
      [experiment.id, experiment.tags],
      [String(id), [{ key: 'team', value: 'blue' }]],
    );
    const page = await store.searchExperiments({ view: 'all', maxResults: 10 }, never);
    assert.deepEqual(page.items.map((each) => each.id).toSorted(), ['1', String(id)]);
    assert.deepEqual(
      (await runs(String(id))).map((run) => [run.id, run.experimentId]),
      [['r', String(id)]],
    );
    assert.deepEqual(await runs(String(id - 1n)), []);
    for (const wrong of ['x', '', '1.5', '1e3', '9'.repeat(19), '9'.repeat(30)]) {
      assert.equal((await failure(runs(wrong))).kind, 'rejected', wrong);
    }
  });

  it('may hold values larger than anybody may write, of which the beginning is read', async () => {
    addRuns(db, 2);
    insert('params', 'huge', 'é'.repeat(3_000_000), 'run0');
    insert('tags', 'huge', new Uint8Array(5_000_000).fill(0x41), 'run0');
    insert('params', 'small', 'x'.repeat(6000), 'run1');
    const [one, other] = (await runs()).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    assert.equal(one?.params[0]?.value.length, 1_000_000);
    assert.equal(one?.tags[0]?.value.length, 1_000_000);
    assert.equal(other?.params[0]?.value.length, 6000);
  });

  it('runs nothing that a strange schema brings along', async () => {
    db.exec(`CREATE TRIGGER late AFTER UPDATE ON runs BEGIN SELECT randomblob(1e9); END;
      CREATE VIEW forever AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i FROM n;
      CREATE INDEX partial ON metrics (run_uuid) WHERE step > 5`);
    addRuns(db, 1);
    assert.equal((await runs()).length, 1);
    db.exec(
      'ALTER TABLE tags RENAME TO old_tags; CREATE VIEW tags AS SELECT i AS key, i AS value, i AS run_uuid FROM forever',
    );
    assert.equal((await failure(runs())).kind, 'unreachable');
  });
});
