import assert from 'node:assert/strict';
import { MlflowError } from '../../../src/mlflow/errors';
import type { Artifact, ArtifactOwner, Run } from '../../../src/mlflow/model';
import {
  ArtifactFolders,
  type ArtifactsChange,
  type ShownFolder,
} from '../../../src/state/artifactFolders';
import { aRun, FakeStore } from '../../support/fakeStore';

const owner: ArtifactOwner = { kind: 'run', runId: 'r' };
const root = { owner, path: '' };
const file = (path: string, size = 1): Artifact => ({ path, isDirectory: false, size });

describe('ArtifactFolders', () => {
  let files: readonly Artifact[];
  let failure: Error | undefined;
  let lists: number;
  let shown: readonly ShownFolder[];
  let run: Run;
  let changes: ArtifactsChange[];
  let folders: ArtifactFolders;

  beforeEach(() => {
    const store = Object.assign(new FakeStore(), {
      listArtifacts: () => {
        lists++;
        return failure === undefined
          ? Promise.resolve({ rootUri: 'x', files })
          : Promise.reject(failure);
      },
    });
    [files, failure, lists, shown] = [[], undefined, 0, []];
    run = aRun('r', { status: 'RUNNING', endTime: undefined });
    folders = new ArtifactFolders({
      ...{ store, registry: store },
      info: () => ({ version: '2', storeType: '', uiUrl: '', can: noAbilities }),
      shown: () => shown,
      run: () => run,
    });
    changes = [];
    folders.onDidChange((change) => changes.push(change));
  });

  const noAbilities = {
    ...{ loggedModels: false, filterNull: false, pagedHistory: false },
    ...{ workspaces: false, artifactServing: true, watching: false },
  };
  const paths = (): readonly string[] => folders.folder(root).items.map(({ path }) => path);

  it('lists folders first, then files as people count, and nothing that lies elsewhere', async () => {
    files = [file('b10'), file('b9'), { path: 'z', isDirectory: true, size: undefined }, file('')];
    await folders.folder(root).ensure();
    assert.deepEqual(paths(), ['z', 'b9', 'b10']);
    files = [file('z/y'), file('z'), file('zz/y'), file('../x')];
    const inner = folders.folder({ owner, path: 'z' });
    await inner.ensure();
    assert.deepEqual(
      inner.items.map(({ path }) => path),
      ['z/y'],
    );
  });

  it('asks once for a folder, whose entries are shown a page at a time', async () => {
    files = Array.from({ length: 3000 }, (_, index) => file(`f${index}`));
    const list = folders.folder(root);
    await Promise.all([list.ensure(), list.ensure()]);
    assert.equal(list.size, 500);
    await list.more();
    await list.more();
    assert.equal(list.size, 3000);
    assert.equal(list.hasMore, false);
    assert.equal(lists, 1);
  });

  it('keeps what was there beside a failure, and tries again', async () => {
    files = [file('a')];
    await folders.folder(root).ensure();
    shown = [{ place: root, run: { experimentId: '1', runId: 'r' } }];
    failure = new MlflowError('unreachable', 'refused');
    await folders.reload();
    assert.deepEqual(paths(), ['a']);
    assert.equal(folders.folder(root).error, failure);
    failure = undefined;
    await folders.retryFailed();
    assert.equal(folders.folder(root).error, undefined);
  });

  it('forgets on a reload what nobody sees', async () => {
    await folders.folder(root).ensure();
    await folders.reload();
    assert.equal(lists, 1);
    await folders.folder(root).ensure();
    assert.equal(lists, 2);
  });

  it('reads again what is seen of a run in progress, a last time after it ended, and tells what is new', async () => {
    await folders.folder(root).ensure();
    shown = [{ place: root, run: { experimentId: '1', runId: 'r' } }];
    assert.ok(folders.showsLive);
    await folders.followLive()();
    assert.deepEqual(changes, []);
    const last = folders.followLive();
    files = [file('late')];
    run = aRun('r');
    assert.equal(folders.showsLive, false);
    await last();
    assert.deepEqual(paths(), ['late']);
    assert.deepEqual(changes, [{ kind: 'folder', place: root }]);
    await folders.followLive()();
    assert.equal(lists, 3);
  });

  it('sorts a hundred thousand entries without holding anybody up for long', async () => {
    files = Array.from({ length: 100_000 }, (_, index) => file(`${(index * 7919) % 100_000}.txt`));
    const list = folders.folder(root);
    const start = performance.now();
    let [longest, last, ended] = [0, start, false];
    const loading = list.ensure().finally(() => (ended = true));
    while (!ended) {
      await new Promise((resolve) => setImmediate(resolve));
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }
    await loading;
    assert.deepEqual(paths().slice(0, 3), ['0.txt', '1.txt', '2.txt']);
    // In one piece it would be nearly all of the time; a busy machine makes both longer.
    const share = longest / (performance.now() - start);
    assert.ok(share < 1 / 3, `${share.toFixed(2)} of the time`);
  });
});
