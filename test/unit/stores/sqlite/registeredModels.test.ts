import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { SqliteStore } from '../../../../src/stores/sqlite/sqliteStore';
import { makeDatabase } from '../../../support/sqliteFile';

const never = new AbortController().signal;

describe('registered models of a SQLite store', () => {
  let folder: string;
  let db: DatabaseSync;
  let store: SqliteStore;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'sqlite-models-'));
    const file = path.join(folder, 'mlflow.db');
    db = makeDatabase(file);
    // As in MLflow, where it is the primary key.
    db.exec('CREATE UNIQUE INDEX model_version_pk ON model_versions (name, version)');
    store = new SqliteStore(file, () => undefined);
  });
  afterEach(() => {
    store.dispose();
    db.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const model = (name: string, stages: readonly string[]): void => {
    db.prepare('INSERT INTO registered_models VALUES (?, 1, 1, NULL)').run(name);
    const insert = db.prepare(
      `INSERT INTO model_versions VALUES (?, ?, 1, 1, '', '', ?, '', '', 'READY', '')`,
    );
    db.exec('BEGIN');
    stages.forEach((stage, index) => insert.run(name, index + 1, stage));
    db.exec('COMMIT');
  };
  const latest = async (): Promise<Record<string, readonly string[]>> => {
    const { items } = await store.searchRegisteredModels({ maxResults: 1000 }, never);
    return Object.fromEntries(
      items.map(({ name, latestVersions }) => [
        name,
        latestVersions.map(({ version, stage }) => `${version} ${stage}`),
      ]),
    );
  };

  it('know the newest version of each stage by its number, not by its text', async () => {
    model('nine', [...Array<string>(8).fill('None'), 'Production', 'None', 'Archived']);
    model('gone', ['None', 'Deleted_Internal', 'None', 'Deleted_Internal']);
    model('none', []);
    assert.deepEqual(await latest(), {
      gone: ['3 None'],
      nine: ['9 Production', '10 None', '11 Archived'],
      none: [],
    });
    const { latestVersions } = await store.getRegisteredModel('nine', never);
    assert.deepEqual(
      latestVersions.map(({ version }) => version),
      ['9', '10', '11'],
    );
  });

  it('know them of more models than are read at once, each with its own tags and aliases', async () => {
    const names = Array.from({ length: 600 }, (_, index) => `model ${index}`);
    names.forEach((name) => model(name, ['None', 'Archived', 'None']));
    db.exec(`INSERT INTO registered_model_tags VALUES ('model 7', 'a', 'b'), ('model 7', 'c', 'd');
      INSERT INTO registered_model_aliases VALUES ('model 599', 'best', 2);
      INSERT INTO model_version_tags VALUES ('model 599', 3, 'k', 'v')`);
    assert.deepEqual(
      await latest(),
      Object.fromEntries(names.map((name) => [name, ['2 Archived', '3 None']])),
    );
    const { items } = await store.searchRegisteredModels({ maxResults: 1000 }, never);
    const tagged = items.filter(({ tags }) => tags.length > 0);
    assert.deepEqual(
      tagged.map(({ name, tags }) => [name, tags.map(({ key }) => key)]),
      [['model 7', ['a', 'c']]],
    );
    const last = items.find(({ name }) => name === 'model 599');
    assert.deepEqual(last?.aliases, [{ alias: 'best', version: '2' }]);
    assert.deepEqual(
      last?.latestVersions.map(({ tags }) => tags),
      [[], [{ key: 'k', value: 'v' }]],
    );
  });

  it('are read in time that grows with the number of versions, not with its square', async () => {
    const half = (count: number): string[] => Array<string>(count / 2).fill('Archived');
    model('often', [...half(20_000), ...half(20_000).map(() => 'None')]);
    const started = performance.now();
    assert.deepEqual(await latest(), { often: ['10000 Archived', '20000 None'] });
    // By the square of their number it is a minute and a half.
    assert.ok(performance.now() - started < 1000);
  });
});
