import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Disk } from '../../../../src/stores/files/disk';

const longAgo = new Date(1_700_000_000_000);

describe('a folder on a drive that leaves its time as it was', () => {
  let folder: string;
  let now: number;
  let disk: Disk;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'disk-'));
    now = 0;
    disk = new Disk(() => now);
    add('a');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const add = (name: string): void => {
    mkdirSync(path.join(folder, name));
    writeFileSync(path.join(folder, `${name}.txt`), '');
    utimesSync(folder, longAgo, longAgo);
  };
  const all = ['a', 'a.txt', 'b', 'b.txt'];

  it('is listed anew after some seconds', () => {
    assert.deepEqual([disk.names(folder), disk.folders(folder)], [['a', 'a.txt'], ['a']]);
    add('b');
    now = 4_999;
    assert.deepEqual([disk.names(folder), disk.folders(folder)], [['a', 'a.txt'], ['a']]);
    now = 5_000;
    assert.deepEqual([disk.names(folder), disk.folders(folder)], [all, ['a', 'b']]);
  });

  it('is listed anew when it is asked for, and remembered again then', () => {
    disk.names(folder);
    add('b');
    disk.forgetListings();
    now = 1;
    assert.deepEqual(disk.names(folder), all);
    add('c');
    assert.deepEqual(disk.names(folder), all);
  });
});
