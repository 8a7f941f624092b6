import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { withLock } from '../../../scripts/withLock.mts';

describe('a lock', () => {
  let folder = '';
  beforeEach(async () => (folder = await mkdtemp(path.join(os.tmpdir(), 'lock-'))));
  afterEach(() => rm(folder, { recursive: true }));

  it('is there while the work runs and gone after it', async () => {
    const file = path.join(folder, 'deep', 'lock');
    assert.equal(await withLock(file, () => Promise.resolve(existsSync(file))), true);
    assert.equal(existsSync(file), false);
  });

  it('is gone after work that failed', async () => {
    const file = path.join(folder, 'lock');
    await assert.rejects(
      withLock(file, () => Promise.reject(new Error('no disk'))),
      /no disk/,
    );
    assert.equal(existsSync(file), false);
  });

  it('is refused with a sentence where nobody wants to wait', async () => {
    const file = path.join(folder, 'lock');
    const second = withLock(file, () => withLock(file, () => Promise.resolve(), 'Open already.'));
    await assert.rejects(second, { message: `Open already. (process ${process.pid})` });
  });

  it('of a process that is gone does not count', async () => {
    const file = path.join(folder, 'lock');
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    await writeFile(file, String(gone));
    assert.equal(await withLock(file, () => Promise.resolve('ran')), 'ran');
  });
});
