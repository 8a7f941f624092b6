import assert from 'node:assert/strict';
import { MlflowError } from '../../../src/mlflow/errors';
import type { Run } from '../../../src/mlflow/model';
import type { ExperimentThing, RunThing, Thing } from '../../../src/mlflow/thing';
import { Experiments } from '../../../src/state/experiments';
import { everyRun } from '../../../src/state/runSelection';
import { Writes } from '../../../src/state/writes';
import { aChild, anExperiment, aRun, FakeStore } from '../../support/fakeStore';
import { MemoryInMemory } from './memoryInMemory';
import { drawn } from './runsFixture';

const control = { signal: new AbortController().signal };

describe('Writes', () => {
  let store: FakeStore;
  let experiments: Experiments;
  let writes: Writes;

  beforeEach(async () => {
    store = new FakeStore();
    store.experiments = [
      anExperiment('1', { name: 'one', creationTime: 100 }),
      anExperiment('2', { name: 'two', creationTime: 200 }),
    ];
    inOrder(aRun('a'), aRun('b'), aChild('b1', 'b'), aRun('c'), aRun('d'));
    experiments = new Experiments({
      store,
      serverName: 'server',
      memory: new MemoryInMemory(),
      pageSize: () => 3,
    });
    writes = new Writes(store, experiments);
    await experiments.list.ensure();
    await experiments.runs('1').list.ensure();
    store.calls.length = 0;
  });

  afterEach(() => experiments.dispose());

  function inOrder(...runs: readonly Run[]): void {
    store.runs = runs.map((run, index) => ({ ...run, startTime: 1_000_000 - index }));
  }

  const runThing = (id: string): RunThing => ({ kind: 'run', experimentId: '1', id, name: id });
  const experimentThing = (id: string): ExperimentThing => ({ kind: 'experiment', id, name: id });
  const shown = (): string => experiments.shownExperiments.map(({ name }) => name).join(' ');
  const runs = (): string => drawn(experiments.runs('1'));
  const asked = (): string => store.calls.map(({ method }) => method).join(' ');
  const stageOf = (id: string): string | undefined =>
    store.runs.find((run) => run.id === id)?.lifecycleStage;

  function failing(method: string, ids: readonly string[], error: Error): void {
    store.before = (call) => {
      if (call.method === method && ids.includes(call.query.id ?? '')) {
        throw error;
      }
    };
  }

  it('shows a new experiment, whatever the list is narrowed to', async () => {
    assert.equal(await writes.createExperiment('three'), '3');
    assert.match(shown(), /three/);
    experiments.setSearch('two');
    await writes.createExperiment('four');
    assert.equal(shown(), 'four two');
  });

  it('has made an experiment even when the list cannot be read afterwards', async () => {
    store.before = ({ method }) => {
      if (method !== 'createExperiment') {
        throw new MlflowError('unreachable', 'refused');
      }
    };
    assert.equal(await writes.createExperiment('three'), '3');
    assert.ok(experiments.list.error);
  });

  it('shows a new name at once, without reading', async () => {
    await writes.renameExperiment('2', 'zwei');
    await writes.renameRun(runThing('b'), 'bee');
    assert.equal(shown(), 'zwei one');
    assert.equal(experiments.runs('1').run('b')?.name, 'bee');
    assert.equal(asked(), 'renameExperiment renameRun');
  });

  it('leaves everything as it was when the server refuses', async () => {
    failing('renameExperiment', ['2'], new MlflowError('rejected', 'invalid'));
    await assert.rejects(writes.renameExperiment('2', 'one'), MlflowError);
    assert.equal(shown(), 'two one');
  });

  it('shows a tag on every run that it was set on', async () => {
    failing('setRunTag', ['b'], new MlflowError('rejected', 'invalid'));
    const { done, failed } = await writes.setRunTag(
      [runThing('a'), runThing('b')],
      'stage',
      'final',
      control,
    );
    assert.deepEqual([done.length, failed.length], [1, 1]);
    assert.deepEqual(experiments.runs('1').run('a')?.tags, [{ key: 'stage', value: 'final' }]);
    assert.deepEqual(experiments.runs('1').run('b')?.tags, []);
  });

  it('puts the new value of a tag in the place of the old one', async () => {
    for (const [key, value] of [
      ['x', '1'],
      ['y', '2'],
      ['x', '3'],
    ] as const) {
      await writes.setRunTag([runThing('a')], key, value, control);
    }
    const tags = experiments
      .runs('1')
      .run('a')
      ?.tags.map(({ key, value }) => `${key}=${value}`);
    assert.deepEqual(tags, ['x=3', 'y=2']);
  });

  it('shows the new name of a run whose name was set as a tag', async () => {
    await writes.setRunTag([runThing('a')], 'mlflow.runName', 'alpha', control);
    assert.equal(experiments.runs('1').run('a')?.name, 'alpha');
  });

  describe('deleting runs', () => {
    it('takes them out of the list at once, without reading', async () => {
      await writes.delete([runThing('a')], control);
      assert.equal(runs(), 'b(b1)');
      assert.equal(asked(), 'deleteRun');
    });

    it('keeps the children of a deleted parent in sight, below it', async () => {
      await writes.delete([runThing('b')], control);
      assert.equal(runs(), 'a [b](b1)');
      assert.equal(experiments.runs('1').run('b')?.lifecycleStage, 'deleted');
    });

    it('takes them out of the list of a parent, too', async () => {
      await experiments.runs('1').childList('b')?.ensure();
      await writes.delete([runThing('b1')], control);
      assert.equal(runs(), 'a b');
    });

    it('reads on without leaving out as many as were deleted', async () => {
      await writes.delete([runThing('a')], control);
      await experiments.runs('1').list.more();
      assert.equal(runs(), 'b(b1) c d');
    });

    it('reads anew when nothing of what was read is left', async () => {
      await writes.delete(['a', 'b', 'b1'].map(runThing), control);
      assert.equal(runs(), 'c d');
    });

    it('is not undone by a refresh that was under way', async () => {
      let release = (): void => undefined;
      store.before = async ({ method }) => {
        if (method === 'searchRuns') {
          await new Promise<void>((resolve) => (release = resolve));
        }
      };
      const before = [...store.runs];
      const reading = experiments.runs('1').list.freshen();
      store.before = () => undefined;
      await writes.delete([runThing('a')], control);
      store.runs = before;
      release();
      await reading;
      assert.equal(runs(), 'b(b1)');
    });

    it('says which were deleted and which were not, and shows just that', async () => {
      failing('deleteRun', ['b1'], new MlflowError('rejected', 'invalid'));
      const { done, failed } = await writes.delete(['a', 'b1'].map(runThing), control);
      assert.deepEqual(
        [done.map(({ id }) => id), failed.map(({ item }) => item.id)],
        [['a'], ['b1']],
      );
      assert.equal(runs(), 'b(b1)');
    });

    it('takes 10,000 out of the list within 50 ms', async () => {
      const times: number[] = [];
      for (let round = 0; round < 3; round++) {
        inOrder(...Array.from({ length: 10_000 }, (_, index) => aRun(`r${index}`)));
        const runs = new Experiments({
          store,
          serverName: 'server',
          memory: new MemoryInMemory(),
          pageSize: () => 50_000,
        });
        const { list } = runs.runs('1');
        await list.ensure();
        const ids = list.items.map(({ id }) => id);
        const started = performance.now();
        const applying = runs.applyToRuns('1', ids, (run) => ({
          ...run,
          lifecycleStage: 'deleted',
        }));
        assert.equal(runs.runs('1').forest.roots.length, 0);
        times.push(performance.now() - started);
        await applying;
        runs.dispose();
      }
      assert.ok(Math.min(...times) < 50, String(times));
    });

    it('draws a thousand deletions in few steps', async () => {
      inOrder(...Array.from({ length: 1000 }, (_, index) => aRun(`r${index}`)));
      await experiments.reload();
      let draws = 0;
      experiments.onDidChange(() => draws++);
      await writes.delete(
        store.runs.map(({ id }) => runThing(id)),
        control,
      );
      assert.ok(draws < 20, String(draws));
    });
  });

  describe('the last deletion', () => {
    const things = (): readonly Thing[] => writes.lastDeletion?.things ?? [];
    const ids = (): string =>
      things()
        .map(({ id }) => id)
        .join(' ');

    it('is what was deleted, not what failed, and is told', async () => {
      let told = 0;
      writes.onDidChange(() => told++);
      failing('deleteRun', ['b'], new MlflowError('rejected', 'invalid'));
      await writes.delete(['a', 'b'].map(runThing), control);
      assert.deepEqual([ids(), told], ['a', 1]);
    });

    it('stays when the next one fails altogether', async () => {
      await writes.delete([runThing('a')], control);
      failing('deleteRun', ['b'], new MlflowError('rejected', 'invalid'));
      await writes.delete([runThing('b')], control);
      assert.equal(ids(), 'a');
    });

    it('holds what a second try added', async () => {
      const [a, b] = ['a', 'b'].map(runThing) as [RunThing, RunThing];
      await writes.delete([a], control);
      await writes.delete([b], control, [a]);
      assert.equal(ids(), 'a b');
    });

    it('is over once it was undone, and everything is where it was', async () => {
      const before = runs();
      await writes.delete(['a', 'b'].map(runThing), control);
      await writes.restore(things(), control);
      assert.deepEqual([runs(), ids()], [before, '']);
    });

    it('brings back into sight only what the filter lets', async () => {
      await experiments.select('1', { ...everyRun, filter: 'run a' });
      await writes.delete(['a', 'c'].map(runThing), control);
      assert.equal(runs(), '');
      await writes.restore(things(), control);
      assert.equal(runs(), 'a');
      assert.deepEqual(['a', 'c'].map(stageOf), ['active', 'active']);
    });

    it('keeps what could not be restored', async () => {
      await writes.delete(['a', 'b'].map(runThing), control);
      failing('restoreRun', ['b'], new MlflowError('unreachable', 'refused'));
      await writes.restore(things(), control);
      assert.equal(ids(), 'b');
    });
  });

  describe('deleting experiments', () => {
    it('takes them out of the list at once', async () => {
      await writes.delete([experimentThing('2')], control);
      assert.equal(shown(), 'one');
    });

    it('marks them where deleted ones are shown, and reads their runs anew', async () => {
      experiments.setLifecycle('deleted');
      await experiments.list.ensure();
      await experiments.runs('1').list.ensure();
      await writes.delete([experimentThing('1')], control);
      assert.equal(experiments.experiment('1')?.lifecycleStage, 'deleted');
      await experiments.runs('1').list.ensure();
      assert.equal(experiments.runs('1').list.size, 3);
    });

    it('can be undone, and brings back just the runs that were there', async () => {
      store.change('c', { lifecycleStage: 'deleted' });
      await writes.delete([experimentThing('1')], control);
      assert.equal(stageOf('a'), 'deleted');
      await writes.restore(writes.lastDeletion?.things ?? [], control);
      assert.equal(shown(), 'two one');
      assert.deepEqual(['a', 'b', 'c'].map(stageOf), ['active', 'active', 'deleted']);
    });

    it('is restored in a second try when runs that had been deleted before came back with it', async () => {
      store.change('b', { lifecycleStage: 'deleted' });
      store.change('c', { lifecycleStage: 'deleted' });
      await writes.delete([experimentThing('1')], control);
      failing('deleteRun', ['c'], new MlflowError('unreachable', 'refused'));
      const first = await writes.restore(writes.lastDeletion?.things ?? [], control);
      assert.equal(first.failed.length, 1);
      store.before = () => undefined;
      await writes.restore(writes.lastDeletion?.things ?? [], control);
      assert.equal(shown(), 'two one');
      assert.deepEqual(['a', 'b', 'c'].map(stageOf), ['active', 'deleted', 'deleted']);
      assert.equal(store.callsOf('restoreExperiment').length, 1);
    });

    it('sends the restoring anew when it was deleted once more', async () => {
      store.change('c', { lifecycleStage: 'deleted' });
      await writes.delete([experimentThing('1')], control);
      failing('deleteRun', ['c'], new MlflowError('unreachable', 'refused'));
      await writes.restore([experimentThing('1')], control);
      await writes.delete([experimentThing('1')], control);
      store.before = () => undefined;
      await writes.restore([experimentThing('1')], control);
      assert.equal(store.experiments.find(({ id }) => id === '1')?.lifecycleStage, 'active');
    });

    it('is not begun when its deleted runs cannot be told from the others', async () => {
      store.before = ({ method }) => {
        if (method === 'searchRuns') {
          throw new MlflowError('unreachable', 'timeout');
        }
      };
      const { failed } = await writes.delete([experimentThing('1')], control);
      assert.equal(failed.length, 1);
      assert.equal(store.callsOf('deleteExperiment').length, 0);
      assert.equal(shown(), 'two one');
    });
  });

  it('restores runs out of the list of deleted ones', async () => {
    store.change('a', { lifecycleStage: 'deleted' });
    experiments.setLifecycle('deleted');
    await experiments.runs('1').list.ensure();
    assert.equal(runs(), 'a');
    await writes.restore([runThing('a')], control);
    assert.equal(runs(), '');
    assert.equal(stageOf('a'), 'active');
  });

  it('finds who holds a name, deleted or not', async () => {
    await writes.delete([experimentThing('2')], control);
    assert.equal((await writes.experimentNamed('two'))?.lifecycleStage, 'deleted');
    assert.equal((await writes.experimentNamed('one'))?.id, '1');
    assert.equal(await writes.experimentNamed('three'), undefined);
  });
});
