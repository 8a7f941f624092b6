import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { ExperimentFolders } from '../../../../src/stores/files/experimentFolders';
import { RunFolders } from '../../../../src/stores/files/runFolders';
import { Shelf } from '../../../../src/stores/files/shelf';
import { watchedFolders } from '../../../../src/stores/files/watchedFolders';
import type { Watched } from '../../../../src/stores/local/changeWatch';
import { FileFixture } from '../../../support/fileFixture';

const never = new AbortController().signal;

describe('what is watched of a store of files', () => {
  let files: FileFixture;
  let shelf: Shelf;

  beforeEach(() => {
    files = new FileFixture();
    shelf = new Shelf(files.root, () => undefined);
    files.experiment('1', 'one');
    files.run('1', 'ended', 1);
    files.run('1', 'live', 2);
    files.write('1/live/meta.yaml', running('live'));
  });
  afterEach(() => files.remove());

  const running = (id: string): string =>
    files.runMeta('1', id, 2).replace('status: 3', 'status: 1');
  const watched = (signal = never): Promise<Watched> => {
    const experiments = new ExperimentFolders(shelf);
    return watchedFolders(
      { shelf, experiments, runs: new RunFolders(shelf, experiments) },
      ['1'],
      signal,
    );
  };

  it('is the store, its experiment, and all folders of the runs that are running', async () => {
    files.write('1/live/metrics/val/deep/loss', '1 2 3\n');
    files.write('models/m/meta.yaml', 'name: m\n');
    symlinkSync('..', path.join(files.root, '1/live/metrics/loop'));
    const { folders } = await watched();
    assert.deepEqual(
      folders.map((folder) => path.relative(files.root, folder).split(path.sep).join('/')),
      [
        '',
        '1',
        '1/live',
        '1/live/metrics',
        '1/live/metrics/val',
        '1/live/metrics/val/deep',
        '1/live/params',
        '1/live/tags',
        'models',
        'models/m',
      ],
    );
  });

  it('is at most a thousand folders', async () => {
    for (let index = 0; index < 1200; index++) {
      mkdirSync(path.join(files.root, `1/live/metrics/f${index}`));
    }
    assert.equal((await watched()).folders.length, 1000);
  });

  const changes: Readonly<Record<string, () => void>> = {
    'a metric is appended to': () =>
      appendFileSync(path.join(files.root, '1/live/metrics/m'), '6 1 1\n'),
    'a file is overwritten': () => files.write('1/live/tags/t', 'longer'),
    'a run is added': () => files.run('1', 'new', 3),
    'a file is deleted': () => rmSync(path.join(files.root, '1/live/params/p')),
    'its folder goes': () => rmSync(path.join(files.root, '1/live'), { recursive: true }),
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`is in another state once ${what}`, async () => {
      const { state } = await watched();
      const before = await state(never);
      assert.equal(await state(never), before);
      change();
      assert.notEqual(await state(never), before);
    });
  }

  it('lets other work through while it is looked at, and stops when nobody waits any more', async () => {
    for (let index = 0; index < 8000; index++) {
      files.write(`1/live/metrics/m${index}`, '', 'fresh');
    }
    const { state } = await watched();
    const controller = new AbortController();
    setImmediate(() => controller.abort());
    await assert.rejects(async () => state(controller.signal), { name: 'AbortError' });
  });
});
