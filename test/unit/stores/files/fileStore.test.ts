import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { MlflowErrorKind, MlflowErrorReason } from '../../../../src/mlflow/errors';
import { FileFixture } from '../../../support/fileFixture';

const never = new AbortController().signal;
const failing = (kind: MlflowErrorKind, reason: MlflowErrorReason) => ({
  name: 'MlflowError',
  kind,
  reason,
});
const everything = { view: 'all', maxResults: 100 } as const;

describe('a store of files', () => {
  let files: FileFixture;
  const runIds = async (experiment = '1'): Promise<string[]> => {
    const page = await files.store.searchRuns(
      { ...everything, experimentIds: [experiment] },
      never,
    );
    return page.items.map(({ id }) => id);
  };

  beforeEach(() => {
    files = new FileFixture();
    files.experiment('1', 'one');
    files.run('1', 'a', 1);
    files.run('1', 'b', 2);
  });
  afterEach(() => files.remove());

  it('reads runs, newest first, with their params, metrics and tags', async () => {
    const { items } = await files.store.searchRuns({ ...everything, experimentIds: ['1'] }, never);
    assert.deepEqual(
      items.map(({ name, status }) => [name, status]),
      [
        ['run b', 'FINISHED'],
        ['run a', 'FINISHED'],
      ],
    );
    assert.deepEqual(items[0]?.params, [{ key: 'p', value: '1' }]);
    assert.deepEqual(items[0]?.metrics, [{ key: 'm', value: 0.5, timestamp: 5, step: 0 }]);
    assert.deepEqual(items[0]?.tags, [{ key: 't', value: 'a' }]);
  });

  it('loses only the run whose meta.yaml stays broken, and says so once', async () => {
    files.write('1/c/meta.yaml', 'experiment_id: [');
    files.write('1/d/meta.yaml', '', 'fresh');
    assert.deepEqual(await runIds(), ['b', 'a']);
    assert.deepEqual(await runIds(), ['b', 'a']);
    assert.equal(files.lines.filter((line) => line.includes('1/c/meta.yaml')).length, 1);
    assert.equal(files.lines.filter((line) => line.includes('1/d/meta.yaml')).length, 1);
  });

  it('gives up on a meta.yaml that would take a parser seconds, and takes one with a long text', async () => {
    const schema = 'word '.repeat(20_000);
    const long = files.runMeta('1', 'c', 3).replace('tags: []', `tags: []\ntext: "${schema}"`);
    files.write('1/c/meta.yaml', long);
    files.write(
      '1/d/meta.yaml',
      `${files.runMeta('1', 'd', 4)}\nlist:\n${'- a\n'.repeat(250_000)}`,
    );
    const started = performance.now();
    assert.deepEqual(await runIds(), ['c', 'b', 'a']);
    assert.ok(performance.now() - started < 2_000);
    assert.equal(files.lines.filter((line) => line.includes('1/d/meta.yaml')).length, 1);
  });

  it('reads a broken meta.yaml again once it was mended', async () => {
    const broken = files.write('1/c/meta.yaml', 'experiment_id: [');
    assert.deepEqual(await runIds(), ['b', 'a']);
    writeFileSync(broken, files.runMeta('1', 'c', 3));
    assert.deepEqual(await runIds(), ['c', 'b', 'a']);
  });

  it('leaves out a copied experiment, whose id is the end of its folder’s name', async () => {
    files.write('21/meta.yaml', "experiment_id: '1'\nname: copy\n");
    const { items } = await files.store.searchExperiments(everything, never);
    assert.deepEqual(
      items.map(({ name }) => name),
      ['one'],
    );
    await assert.rejects(files.store.getExperiment('21', never), failing('notFound', 'missing'));
  });

  it('reads a half-written meta.yaml once more and finds it whole', async () => {
    files.write('1/c/meta.yaml', files.runMeta('1', 'c', 3).slice(0, 120), 'fresh');
    const found = runIds();
    files.write('1/c/meta.yaml', files.runMeta('1', 'c', 3), 'fresh');
    assert.deepEqual(await found, ['c', 'b', 'a']);
    assert.deepEqual(files.lines, []);
  });

  it('leaves out a copied run, which has the id of another', async () => {
    files.write('1/copy/meta.yaml', files.runMeta('1', 'a'));
    files.write('1/moved/meta.yaml', files.runMeta('2', 'moved'));
    assert.deepEqual(await runIds(), ['b', 'a']);
    await assert.rejects(files.store.getRun('moved', never), failing('notFound', 'missing'));
  });

  it('comes to an end in links that lead back, and follows a link to a file', async () => {
    symlinkSync('..', path.join(files.root, '1/loop'));
    symlinkSync('..', path.join(files.root, '1/a/params/loop'));
    symlinkSync('p', path.join(files.root, '1/a/params/linked'));
    symlinkSync('nowhere', path.join(files.root, '1/a/params/gone'));
    const run = await files.store.getRun('a', never);
    assert.deepEqual(
      run.params.map(({ key }) => key),
      ['linked', 'p'],
    );
    assert.deepEqual(await runIds(), ['b', 'a']);
  });

  it('joins nested folders to a key and passes over names that no key has', async () => {
    files.write('1/a/metrics/val/x y/정확도', '1 2 3\n');
    files.write('1/a/metrics/m~', 'editor');
    files.write('1/a/metrics/empty', '');
    const { metrics } = await files.store.getRun('a', never);
    assert.deepEqual(
      metrics.map(({ key }) => key),
      ['m', 'val/x y/정확도'],
    );
  });

  it('shows at once what is appended, overwritten, added and deleted', async () => {
    await runIds();
    appendFileSync(path.join(files.root, '1/a/metrics/m'), '6 0.75 1\n');
    writeFileSync(path.join(files.root, '1/a/tags/t'), 'b');
    files.write('1/a/tags/new', 'n', 'fresh');
    const meta = files
      .runMeta('1', 'b')
      .replace('lifecycle_stage: active', 'lifecycle_stage: deleted');
    files.write('1/b/meta.yaml', meta, 'fresh');
    const { items } = await files.store.searchRuns(
      { experimentIds: ['1'], view: 'active', maxResults: 10 },
      never,
    );
    assert.deepEqual(
      items.map(({ id, metrics, tags }) => [id, metrics[0]?.value, tags.map(({ value }) => value)]),
      [['a', 0.75, ['n', 'b']]],
    );
  });

  it('sees a tag of the same length change again within the same tick of the clock', async () => {
    for (const value of ['x', 'y', 'z']) {
      files.write('1/a/tags/t', value, 'fresh');
      assert.equal((await files.store.getRun('a', never)).tags[0]?.value, value);
    }
  });

  it('finds the latest point of a large file, and again when it has grown or was replaced', async () => {
    const lines = Array.from({ length: 9_000 }, (_, step) => `1 ${step}.5 ${step}\n`).join('');
    const latest = async (): Promise<number | undefined> =>
      (await files.store.getRun('a', never)).metrics[0]?.value;
    const target = files.write('1/a/metrics/m', lines, 'fresh');
    assert.equal(await latest(), 8999.5);
    appendFileSync(target, '1 7.5 9000\n1 6.5 3\n');
    assert.equal(await latest(), 7.5);
    files.write('1/a/metrics/m', lines.replaceAll('.5', '.25'), 'fresh');
    assert.equal(await latest(), 8999.25);
  });

  it('does not take the beginning of a line that is being written for a line', async () => {
    const target = files.write('1/a/metrics/m', '5 0.5 0\n6 0.', 'fresh');
    assert.equal((await files.store.getRun('a', never)).metrics[0]?.value, 0.5);
    appendFileSync(target, '75 12\n');
    const history = await files.store.metricHistory('a', 'm', { maxPoints: 10 }, never);
    assert.deepEqual(
      [[...history.values], [...history.steps]],
      [
        [0.5, 0.75],
        [0, 12],
      ],
    );
  });

  it('gives a history by step and time, cuts it where asked, and leaves out broken lines', async () => {
    files.write(
      '1/a/metrics/m',
      '3 1 5\nbroken\n2 2 5\n1 3 9007199254740993\n1 4 -1\n1 nan 9007199254740992\n',
    );
    const all = await files.store.metricHistory('a', 'm', { maxPoints: 100 }, never);
    assert.deepEqual([...all.values], [4, 2, 1, NaN, 3]);
    assert.deepEqual(
      all.exactSteps,
      new BigInt64Array([-1n, 5n, 5n, 9007199254740992n, 9007199254740993n]),
    );
    assert.equal(all.complete, true);
    const some = await files.store.metricHistory('a', 'm', { maxPoints: 2 }, never);
    assert.deepEqual([[...some.values], some.complete], [[2, 1], false]);
    const none = await files.store.metricHistory('a', '../../b/metrics/m', { maxPoints: 2 }, never);
    assert.equal(none.values.length, 0);
    assert.equal(files.lines.filter((line) => line.includes('1 of its lines')).length, 1);
  });

  it('refuses ids and names that lead elsewhere', async () => {
    for (const id of ['..', '../1/a', '.trash', 'a/../b', '']) {
      await assert.rejects(files.store.getRun(id, never), failing('notFound', 'missing'));
      await assert.rejects(files.store.getExperiment(id, never), failing('notFound', 'missing'));
      await assert.rejects(files.store.getLoggedModel(id, never), failing('notFound', 'missing'));
      assert.deepEqual(await runIds(id), []);
    }
    await assert.rejects(
      files.store.getRegisteredModel('../1', never),
      failing('rejected', 'invalid'),
    );
    await assert.rejects(
      files.store.getModelVersion('x', '../../1', never),
      failing('notFound', 'missing'),
    );
    await assert.rejects(
      files.store.listArtifacts({ kind: 'run', runId: 'a' }, '../params', never),
      failing('rejected', 'invalid'),
    );
  });

  it("finds a moved store's artifacts in the run's own folder", async () => {
    const meta = files.runMeta('1', 'a').replace(files.root, '/elsewhere/mlruns');
    files.write('1/a/meta.yaml', meta, 'fresh');
    files.write('1/a/artifacts/model/MLmodel', 'x');
    const { files: listed } = await files.store.listArtifacts(
      { kind: 'run', runId: 'a' },
      'model',
      never,
    );
    assert.deepEqual(listed, [{ path: 'model/MLmodel', isDirectory: false, size: 1 }]);
  });

  it('passes over folders that are no experiments, and shows those in the trash as deleted', async () => {
    mkdirSync(path.join(files.root, 'models'));
    files.write('.ipynb_checkpoints/meta.yaml', 'x');
    files.write('notes/readme.md', 'x');
    files.write(
      '.trash/7/meta.yaml',
      "creation_time: 5\nexperiment_id: '7'\nlifecycle_stage: deleted\nname: gone\n",
    );
    const ids = async (view: 'active' | 'deleted' | 'all'): Promise<string[]> =>
      (await files.store.searchExperiments({ view, maxResults: 9 }, never)).items.map(
        ({ id }) => id,
      );
    assert.deepEqual(await ids('active'), ['1']);
    assert.deepEqual(await ids('deleted'), ['7']);
    assert.deepEqual(await ids('all'), ['7', '1']);
  });

  it('lets other work through while it reads, and stops when nobody waits any more', async () => {
    for (let index = 0; index < 300; index++) files.run('1', `r${index}`, index);
    const controller = new AbortController();
    let turns = 0;
    const ticking = setInterval(() => {
      if (++turns === 2) controller.abort();
    }, 1);
    const reading = (async () => {
      for (;;) {
        await files.store.searchRuns(
          { ...everything, experimentIds: ['1'], maxResults: 1000 },
          controller.signal,
        );
        files.store.dispose();
      }
    })();
    await assert.rejects(reading, { name: 'AbortError' });
    clearInterval(ticking);
  });

  it('shows what is new on a drive whose folders keep their time, once it is checked anew', async () => {
    const longAgo = new Date(1_700_000_000_000);
    const folder = path.join(files.root, '1');
    utimesSync(folder, longAgo, longAgo);
    assert.deepEqual(await runIds(), ['b', 'a']);
    files.run('1', 'c', 3);
    utimesSync(folder, longAgo, longAgo);
    await files.store.recheck(never);
    assert.deepEqual(await runIds(), ['c', 'b', 'a']);
  });

  it('rejects as unreachable where the folder is gone, and changes nothing', async () => {
    files.remove();
    await assert.rejects(files.store.serverInfo(never), failing('unreachable', 'network'));
    await assert.rejects(files.store.deleteRun(), failing('unsupported', 'feature'));
  });
});
