import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  appendFile,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { toStream } from '../../../../src/stores/bytes/byteSource';
import type { ArtifactRoot } from '../../../../src/stores/local/artifactFolder';
import { openArtifactFile } from '../../../../src/stores/local/fileSource';
import { listArtifacts } from '../../../../src/stores/local/listArtifacts';
import { logFile } from '../../../../src/stores/local/logFile';
import type { ArtifactRange } from '../../../../src/mlflow/trackingStore';
import { failure } from '../../../support/failure';

const never = new AbortController().signal;

describe('artifacts on this machine', () => {
  let store: string;
  let folder: string;
  let root: ArtifactRoot;

  beforeEach(async () => {
    store = await mkdtemp(path.join(tmpdir(), 'artifact-files-'));
    folder = path.join(store, 'artifacts');
    root = { uri: folder, storeFolder: store };
    await mkdir(path.join(folder, 'sub'), { recursive: true });
    await writeFile(path.join(folder, 'sub', 'a #?%.txt'), '0123456789');
    await writeFile(path.join(store, 'secret'), 'secret');
  });
  afterEach(() => rm(store, { recursive: true, force: true }));

  async function text(name: string, range: ArtifactRange = { from: 0 }): Promise<string> {
    const stream = toStream(await openArtifactFile(root, name, range, never));
    const pieces: Uint8Array[] = [];
    for (;;) {
      const piece = await stream.read(never);
      if (piece === undefined) {
        return Buffer.concat(pieces).toString();
      }
      pieces.push(piece);
    }
  }

  for (const [name, range, expected] of [
    ['all', { from: 0 }, '0123456789'],
    ['the middle', { from: 3, length: 2 }, '34'],
    ['the end', { from: -4 }, '6789'],
    ['more than there is', { from: -40, length: 400 }, '0123456789'],
    ['what lies beyond the end', { from: 40 }, ''],
  ] as const) {
    it(`reads ${name}`, async () => {
      assert.equal(await text('sub/a #?%.txt', range), expected);
    });
  }

  it('reads below a part of another owner', async () => {
    root = { ...root, inner: 'sub' };
    assert.equal(await text('a #?%.txt'), '0123456789');
    const { files } = await listArtifacts(root, '', never);
    assert.deepEqual(files, [{ path: 'a #?%.txt', isDirectory: false, size: 10 }]);
  });

  it('follows no link out of the folder', async () => {
    await symlink(path.join(store, 'secret'), path.join(folder, 'link'));
    await symlink(store, path.join(folder, 'up'));
    for (const name of ['link', 'up/secret', '../secret']) {
      assert.equal((await failure(text(name))).kind, 'rejected');
    }
  });

  it('does not wait for a pipe, and opens neither folders nor devices nor what is not there', async () => {
    execFileSync('mkfifo', [path.join(folder, 'pipe')]);
    for (const name of ['pipe', 'sub', 'none', 'sub/a #?%.txt/none', '']) {
      assert.equal((await failure(text(name))).kind, 'notFound');
    }
    root = { uri: '/dev', storeFolder: store };
    assert.equal((await failure(text('zero'))).kind, 'notFound');
  });

  it('reads as much of a growing file as there was, and says when one was written anew', async () => {
    const file = path.join(folder, 'log');
    await writeFile(file, '0'.repeat(2_000_000));
    const growing = toStream(await openArtifactFile(root, 'log', { from: 0 }, never));
    await growing.read(never);
    await appendFile(file, 'more');
    const rest = await growing.read(never);
    assert.equal(rest?.length, 2_000_000 - 1024 * 1024);
    assert.equal(await growing.read(never), undefined);
    const changing = toStream(await openArtifactFile(root, 'log', { from: 0 }, never));
    await changing.read(never);
    await writeFile(file, 'short');
    assert.equal((await failure(changing.read(never))).reason, 'cut');
  });

  it('names another state of a file by another validator', async () => {
    const validator = async () => {
      const source = await openArtifactFile(root, 'sub/a #?%.txt', { from: 0 }, never);
      source.close();
      return source.validator;
    };
    const before = await validator();
    assert.equal(await validator(), before);
    await writeFile(path.join(folder, 'sub', 'a #?%.txt'), '9876543210');
    assert.notEqual(await validator(), before);
  });

  it('says of artifacts elsewhere where they are, without credentials', async () => {
    root = { uri: 's3://key:secret@bucket/1', storeFolder: store };
    const error = await failure(text('a'));
    assert.deepEqual([error.kind, error.reason], ['unsupported', 'artifacts']);
    assert.equal(error.detail.rootUri, 's3://bucket/1');
  });

  describe('logging a file', () => {
    const log = (name: string, sent: number[] = []) =>
      logFile(root, name, path.join(store, 'secret'), (bytes) => sent.push(bytes), never);

    it('copies it, making folders, and leaves nothing else behind', async () => {
      const sent: number[] = [];
      await log('new/deep/한국어 #.txt', sent);
      const deep = path.join(folder, 'new', 'deep');
      assert.deepEqual(await readdir(deep), ['한국어 #.txt']);
      assert.equal(await readFile(path.join(deep, '한국어 #.txt'), 'utf8'), 'secret');
      assert.deepEqual(sent, [6]);
    });

    it('makes the folder of a run that logged nothing yet', async () => {
      root = { uri: path.join(store, 'later', 'artifacts'), storeFolder: store };
      await log('a');
      assert.equal(await text('a'), 'secret');
    });

    it('takes the place of a file, and of a link without touching what it leads to', async () => {
      await log('sub/a #?%.txt');
      assert.equal(await text('sub/a #?%.txt'), 'secret');
      await writeFile(path.join(store, 'other'), 'other');
      await symlink(path.join(store, 'other'), path.join(folder, 'link'));
      await log('link');
      assert.equal(await readFile(path.join(store, 'other'), 'utf8'), 'other');
      assert.equal(await text('link'), 'secret');
    });

    it('goes neither through a link nor over a folder nor out of the root', async () => {
      await symlink(store, path.join(folder, 'up'));
      for (const name of ['up/x', 'sub', '../x', '/x', 'sub/../x', 'a//b', '', 'sub/a #?%.txt/x']) {
        assert.ok((await failure(log(name))).kind === 'rejected', name);
      }
      assert.deepEqual((await readdir(store)).sort(), ['artifacts', 'secret']);
    });
  });
});
