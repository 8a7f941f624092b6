import assert from 'node:assert/strict';
import {
  appendFile,
  link,
  mkdir,
  readFile,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { Download, type DownloadedItem } from '../../../src/downloads/download';
import { FinishedFiles } from '../../../src/downloads/finishedFiles';
import { TargetFolder } from '../../../src/downloads/targetFolder';
import { MlflowError } from '../../../src/mlflow/errors';
import { FakeArtifacts } from './fakeArtifacts';
import { refusedEverywhere, refusedOnSome } from './hostilePaths';
import { makeSandbox, type Sandbox } from './sandbox';

const never = new AbortController().signal;
const owner = { kind: 'run', runId: 'r1' } as const;

describe('a download', () => {
  let sandbox: Sandbox;
  let store: FakeArtifacts;

  beforeEach(async () => {
    sandbox = await makeSandbox();
    store = new FakeArtifacts();
  });

  afterEach(() => sandbox.remove());

  function folderItem(changes: Partial<DownloadedItem> = {}): DownloadedItem {
    return {
      place: { owner, path: '' },
      isDirectory: true,
      size: undefined,
      parts: ['run'],
      whereTaken: 'fail',
      idOf: (path) => `r1/${path}`,
      ask: (work) => work(store.asStore),
      ...changes,
    };
  }

  async function begin(...items: readonly DownloadedItem[]): Promise<Download> {
    const target = await TargetFolder.open(sandbox.target);
    return new Download({ items, target, platform: 'linux', busy: new Set() });
  }

  const run = async (...items: readonly DownloadedItem[]) => (await begin(...items)).run(never);

  it('writes every file of a tree, byte for byte, and nothing else', async () => {
    const files = new Map<string, string>();
    for (let index = 0; index < 60; index++) {
      const path = `d${index % 7}/e${index % 3}/${index} 가#%.bin`;
      files.set(`run/${path}`, 'x'.repeat(index * 10));
      store.add(path, 'x'.repeat(index * 10));
    }
    const result = await run(folderItem());
    assert.deepEqual(
      new Map([...(await sandbox.inside())].toSorted()),
      new Map([...files].toSorted()),
    );
    assert.deepEqual(
      [result.files, result.bytes, result.isStopped, result.refused.count, result.failed.count],
      [60, 17_700, false, 0, 0],
    );
  });

  it('writes nothing outside of its folder whatever a server lists, and names what it refused', async () => {
    const before = await sandbox.outside();
    const paths = [...refusedEverywhere, ...refusedOnSome.map(([path]) => path)];
    const inFolder = paths.map((path) => `sub/${path}`);
    store.lie('', [...paths, 'good.txt']);
    store.lie('', ['sub', 'r1', '../out', '/tmp', '..', 'C:', '.git', 'a\\..\\b'], true);
    store.lie('sub', [
      ...paths,
      ...inFolder,
      'sub/good.txt',
      'other/x.txt',
      'sub/deep/x.txt',
      'good.txt',
    ]);
    store.lie('r1', ['r1/good.txt']);
    const result = await run(folderItem());
    assert.deepEqual(await sandbox.outside(), before);
    const refused = new Set(result.refused.named.map(({ path }) => path));
    assert.deepEqual(
      refusedEverywhere.filter((path) => !refused.has(path)),
      [],
    );
    for (const path of ['other/x.txt', 'sub/deep/x.txt', 'good.txt']) {
      assert.ok(refused.has(path), path);
    }
    const written = await sandbox.inside();
    for (const path of ['run/good.txt', 'run/sub/good.txt', 'run/r1/good.txt']) {
      assert.equal(written.get(path), 'evil', path);
    }
    for (const folder of store.listed) {
      assert.ok(['', 'sub', 'r1'].includes(folder), `it asked for ${folder}`);
    }
  });

  it('never writes through links that wait in the folder, hard or soft', async () => {
    const victim = join(sandbox.root, 'victim');
    await mkdir(join(sandbox.root, 'elsewhere'));
    for (const name of ['a', 'b', 'c', 'd']) {
      await writeFile(victim + name, `precious ${name}`);
    }
    const { target } = sandbox;
    await mkdir(join(target, 'run', 'in'), { recursive: true });
    await symlink(`${victim}a`, join(target, 'run', 'final.txt'));
    await symlink(`${victim}b`, join(target, 'run', 'part.txt.mlflow-part'));
    await link(`${victim}c`, join(target, 'run', 'hard.txt.mlflow-part'));
    await symlink(`${victim}d`, join(target, 'run', 'note.txt.mlflow-part.json'));
    await symlink(join(sandbox.root, 'elsewhere'), join(target, 'run', 'folder'));
    await symlink(join(sandbox.root, 'elsewhere'), join(target, 'run', 'in', 'deeper'));
    const before = await sandbox.outside();
    const names = [
      'final.txt',
      'part.txt',
      'hard.txt',
      'note.txt',
      'folder/x',
      'in/deeper/x',
      'in/y',
    ];
    names.forEach((name) => store.add(name, `new ${name}`));
    store.cutAfter = (path) => (path === 'note.txt' ? 3 : Infinity);
    const result = await run(folderItem({ whereTaken: 'replace' }));
    assert.deepEqual(await sandbox.outside(), before);
    assert.deepEqual(result.failed.named.map(({ path }) => path).toSorted(), [
      'folder/x',
      'in/deeper/x',
      'note.txt',
    ]);
    const written = await sandbox.inside();
    for (const name of ['final.txt', 'part.txt', 'hard.txt', 'in/y']) {
      assert.equal(written.get(`run/${name}`), `new ${name}`);
    }
  });

  it('goes on where a cancelled one stopped, with the same state of the file alone', async () => {
    store.add('big.bin', 'A'.repeat(1000), 'v1');
    store.add('other.bin', 'B'.repeat(1000), 'v1');
    store.cutAfter = () => 600;
    const first = await run(folderItem());
    assert.deepEqual([first.files, first.failed.count], [0, 2]);
    assert.equal((await sandbox.inside()).get('run/big.bin.mlflow-part'), 'A'.repeat(600));
    store.add('other.bin', 'C'.repeat(900), 'v2');
    store.cutAfter = () => Infinity;
    store.saved.length = 0;
    const second = await run(folderItem({ whereTaken: 'complete' }));
    assert.deepEqual([second.files, second.failed.count], [2, 0]);
    assert.deepEqual(
      store.saved.map(({ path, target }) => [path, target.from, target.validator]).toSorted(),
      [
        ['big.bin', 600, 'v1'],
        ['other.bin', 600, 'v1'],
      ],
    );
    assert.deepEqual(
      new Map([...(await sandbox.inside())].toSorted()),
      new Map([
        ['run/big.bin', 'A'.repeat(1000)],
        ['run/other.bin', 'C'.repeat(900)],
      ]),
    );
  });

  it('does not go on with a part of another artifact, nor with one whose state nobody knows', async () => {
    store.add('a.bin', 'A'.repeat(100), 'v1');
    store.cutAfter = () => 60;
    await run(folderItem());
    store.cutAfter = () => Infinity;
    store.saved.length = 0;
    await run(folderItem({ whereTaken: 'complete', idOf: (path) => `r2/${path}` }));
    assert.deepEqual(
      store.saved.map(({ target }) => target.from),
      [0],
    );

    store.files.set('b.bin', { content: Buffer.alloc(100), validator: undefined });
    store.cutAfter = () => 60;
    await run(folderItem({ whereTaken: 'complete' }));
    assert.ok(!(await sandbox.inside()).has('run/b.bin.mlflow-part'));
  });

  it('keeps what is whole when it is resumed, and asks for that no more', async () => {
    for (let index = 0; index < 20; index++) store.add(`f${index}`, 'x');
    store.add('f7', 'y'.repeat(10));
    store.cutAfter = (path) => (path === 'f7' ? 4 : Infinity);
    const download = await begin(folderItem());
    const first = await download.run(never);
    assert.deepEqual([first.files, first.failed.count], [19, 1]);
    store.cutAfter = () => Infinity;
    store.saved.length = 0;
    const second = await download.run(never);
    assert.deepEqual([second.files, second.failed.count], [20, 0]);
    assert.deepEqual(
      store.saved.map(({ path, target }) => [path, target.from]),
      [['f7', 4]],
    );
  });

  it('stops at once when it is cancelled, and says so', async () => {
    for (let index = 0; index < 50; index++) store.add(`f${index}`, 'x');
    const controller = new AbortController();
    store.before = (what) => {
      if (what === 'save f20') controller.abort();
    };
    const result = await (await begin(folderItem())).run(controller.signal);
    assert.ok(result.isStopped);
    assert.ok(store.saved.length <= 24 && result.files < 24, String(store.saved.length));
    assert.equal(result.failed.count, 0);
  });

  it('goes on after one file that is gone, and gives up when the server is', async () => {
    for (let index = 0; index < 30; index++) store.add(`f${index}`, 'x');
    store.listings.set('', [
      { path: 'gone', isDirectory: false, size: 4 },
      ...(await store.listArtifacts(owner, '', never)).files,
    ]);
    const first = await run(folderItem());
    assert.deepEqual([first.files, first.failed.count, first.isStopped], [30, 1, false]);
    store.before = (what) => {
      if (what.startsWith('save')) throw new MlflowError('unreachable', 'refused');
    };
    store.saved.length = 0;
    const second = await run(folderItem({ parts: ['again'] }));
    assert.ok(second.isStopped && store.saved.length < 8, String(store.saved.length));
  });

  it('gives up with one reason when the disk is full or the folder is gone', async () => {
    for (let index = 0; index < 30; index++) store.add(`f${index}`, 'x');
    store.before = (what) => {
      if (what.startsWith('save')) {
        throw new MlflowError('unsupported', 'disk', { serverMessage: 'ENOSPC' });
      }
    };
    const full = await run(folderItem());
    assert.ok(full.isStopped && full.failed.count <= 4);
    assert.match(String(full.failed.named[0]?.error), /DiskError: full/);
    store.before = () => undefined;
    const download = await begin(folderItem({ parts: ['again'] }));
    await rm(sandbox.target, { recursive: true });
    const gone = await download.run(never);
    assert.ok(gone.isStopped && gone.failed.count <= 4);
    assert.match(String(gone.failed.named[0]?.error), /DiskError: gone/);
    await assert.rejects(TargetFolder.open(sandbox.target), /gone/);
  });

  it('leaves alone what appeared meanwhile, what is a folder, and what has the listed size', async () => {
    await mkdir(join(sandbox.target, 'run', 'folder.txt'), { recursive: true });
    await writeFile(join(sandbox.target, 'run', 'same.txt'), 'mine');
    await writeFile(join(sandbox.target, 'run', 'other.txt'), 'mine, longer');
    for (const name of ['folder.txt', 'same.txt', 'other.txt']) store.add(name, 'them');
    const failing = await run(folderItem());
    assert.deepEqual([failing.files, failing.failed.count], [0, 3]);
    const completing = await run(folderItem({ whereTaken: 'complete' }));
    assert.deepEqual([completing.files, completing.kept, completing.failed.count], [2, 1, 1]);
    assert.equal(await readFile(join(sandbox.target, 'run', 'same.txt'), 'utf8'), 'mine');
    assert.equal(await readFile(join(sandbox.target, 'run', 'other.txt'), 'utf8'), 'them');
  });

  it('takes no file for whole that has changed at the same size since an unfinished download', async () => {
    for (const name of ['same', 'changed', 'edited', 'cut']) store.add(name, 'first', 'v1');
    store.cutAfter = (path) => (path === 'cut' ? 2 : Infinity);
    const journal = join(sandbox.target, 'run.mlflow-part.done');
    const begun = await run(folderItem({ finished: new FinishedFiles(journal) }));
    assert.deepEqual([begun.files, begun.failed.count], [3, 1]);
    store.cutAfter = () => Infinity;
    store.add('changed', 'other', 'v2');
    await writeFile(join(sandbox.target, 'run', 'edited'), 'mine!');
    await utimes(join(sandbox.target, 'run', 'edited'), 1, 1);
    await appendFile(journal, '["same",5');
    store.saved.length = 0;
    const finished = new FinishedFiles(journal);
    const resumed = await run(folderItem({ whereTaken: 'complete', finished }));
    assert.deepEqual([resumed.files, resumed.kept, resumed.failed.count], [4, 1, 0]);
    assert.deepEqual(store.saved.map(({ path }) => path).toSorted(), ['changed', 'cut', 'edited']);
    await finished.remove();
    assert.deepEqual([...(await sandbox.inside())].toSorted(), [
      ['run/changed', 'other'],
      ['run/cut', 'first'],
      ['run/edited', 'first'],
      ['run/same', 'first'],
    ]);
  });

  it('notes what is whole in no file that a link leads to', async () => {
    await writeFile(join(sandbox.root, 'victim'), 'precious');
    await symlink(join(sandbox.root, 'victim'), join(sandbox.target, 'soft.done'));
    await link(join(sandbox.root, 'victim'), join(sandbox.target, 'hard.done'));
    store.add('a', 'A');
    const before = await sandbox.outside();
    for (const name of ['soft', 'hard']) {
      const finished = new FinishedFiles(join(sandbox.target, `${name}.done`));
      await run(folderItem({ parts: [name], finished }));
      assert.match(
        (await sandbox.inside()).get(`${name}.done`) ?? '',
        /^\["\w+\/a",1,[\d.]+,"v1"\]\n$/,
      );
    }
    assert.deepEqual(await sandbox.outside(), before);
  });

  it('writes one file once where two downloads want it at the same time', async () => {
    store.add('a.bin', 'A');
    const target = await TargetFolder.open(sandbox.target);
    const options = { target, platform: 'linux', busy: new Set<string>() } as const;
    const item = folderItem({ whereTaken: 'replace' });
    const [one, other] = await Promise.all(
      [1, 2].map(() => new Download({ ...options, items: [item] }).run(never)),
    );
    assert.equal((one?.failed.count ?? 0) + (other?.failed.count ?? 0), 1);
  });

  it('begins with the first files of a tree of 100,000 entries at once', async () => {
    const folders = Array.from({ length: 1000 }, (_, index) => `d${index}`);
    store.lie('', [], true);
    store.listings.set('', [
      { path: 'first', isDirectory: false, size: 1 },
      ...folders.map((path) => ({ path, isDirectory: true, size: undefined })),
    ]);
    for (const folder of folders) {
      store.listings.set(
        folder,
        Array.from({ length: 100 }, (_, index) => ({
          path: `${folder}/${index}`,
          isDirectory: false,
          size: 1,
        })),
      );
    }
    const controller = new AbortController();
    store.before = (what) => {
      if (what.startsWith('save')) controller.abort();
    };
    await (await begin(folderItem())).run(controller.signal);
    assert.equal(store.saved[0]?.path, 'first');
    assert.ok(store.listed.length < 20, `${store.listed.length} folders were listed before`);
  });
});
