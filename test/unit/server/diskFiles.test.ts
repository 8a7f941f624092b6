import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { largestFile } from '../../../src/protocol/language';
import { DiskFiles } from '../../../src/server/diskFiles';

describe('files on the disk', () => {
  const files = new DiskFiles();
  let folder: string;
  const uri = (name: string): string => pathToFileURL(path.join(folder, name)).href;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'disk-files-'));
    await mkdir(path.join(folder, 'inner'));
    await writeFile(path.join(folder, 'a b.txt'), 'text');
    await writeFile(path.join(folder, 'large.txt'), Buffer.alloc(largestFile + 1, 'x'));
  });

  after(() => rm(folder, { recursive: true }));

  it('are told from folders and from what is missing', async () => {
    assert.equal(await files.kindOf(uri('a b.txt')), 'file');
    assert.equal(await files.kindOf(uri('inner')), 'folder');
    assert.equal(await files.kindOf(uri('nowhere')), 'missing');
    assert.equal(await files.kindOf(uri('a b.txt/x')), 'missing');
    assert.equal(await files.kindOf('vscode-vfs://github/x'), 'unknown');
  });

  it('are read, unless they are too large', async () => {
    assert.equal(await files.read(uri('a b.txt')), 'text');
    assert.equal(await files.read(uri('large.txt')), undefined);
    assert.equal(await files.read(uri('inner')), undefined);
    assert.equal(await files.read(uri('nowhere')), undefined);
  });

  it('are listed', async () => {
    const entries = await files.list(uri(''));
    assert.deepEqual(entries.map(({ name, kind }) => `${name} ${kind}`).sort(), [
      'a b.txt file',
      'inner folder',
      'large.txt file',
    ]);
    assert.deepEqual(await files.list(uri('nowhere')), []);
  });
});
