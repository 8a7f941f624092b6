import assert from 'node:assert/strict';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { watchedDatabase } from '../../../../src/stores/sqlite/watchDatabase';

describe('watchedDatabase', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'watched-')));
    file = path.join(folder, 'mlflow.db');
    writeFileSync(file, 'database');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('takes the file, its log and its journal for the database, and nothing else', () => {
    const { folders, isPart } = watchedDatabase(file);
    assert.deepEqual(folders, [folder]);
    const names = ['mlflow.db', 'mlflow.db-wal', 'mlflow.db-journal', 'mlflow.db.bak', 'other.db'];
    assert.deepEqual(
      names.filter((name) => isPart?.(name)),
      names.slice(0, 3),
    );
  });

  for (const ending of ['', '-wal', '-journal']) {
    it(`is in another state once mlflow.db${ending} is written to`, () => {
      const { state } = watchedDatabase(file);
      const before = state();
      assert.equal(state(), before);
      appendFileSync(file + ending, 'more');
      assert.notEqual(state(), before);
    });
  }

  it('looks where a link leads to', () => {
    const inner = path.join(folder, 'inner');
    mkdirSync(inner);
    const link = path.join(inner, 'link.db');
    symlinkSync(file, link);
    const { folders, isPart, state } = watchedDatabase(link);
    assert.deepEqual(folders, [inner, folder]);
    assert.equal(isPart?.('mlflow.db-wal'), true);
    const before = state();
    writeFileSync(`${file}-wal`, 'more');
    assert.notEqual(state(), before);
  });

  it('bears that there is no file', () => {
    rmSync(file);
    assert.equal(watchedDatabase(file).state(), '  ');
  });
});
