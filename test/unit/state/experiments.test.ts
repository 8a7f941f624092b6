import assert from 'node:assert/strict';
import { isAbortError, MlflowError } from '../../../src/mlflow/errors';
import { everyRun } from '../../../src/state/runSelection';
import { Experiments, type ExperimentsChange } from '../../../src/state/experiments';
import { aChild, anExperiment, aRun, FakeStore, type Call } from '../../support/fakeStore';
import { MemoryInMemory } from './memoryInMemory';

const never = new AbortController().signal;

describe('Experiments', () => {
  let store: FakeStore;
  let memory: MemoryInMemory;
  let experiments: Experiments;
  let changes: ExperimentsChange[];

  beforeEach(() => {
    store = new FakeStore();
    memory = new MemoryInMemory();
    store.experiments = [
      anExperiment('1', { name: 'mlflow-lab', creationTime: 100 }),
      anExperiment('2', { name: 'wine', creationTime: 200 }),
      anExperiment('3', { name: 'Lab two', creationTime: 300 }),
    ];
    experiments = open();
  });

  afterEach(() => experiments.dispose());

  function open(): Experiments {
    const opened = new Experiments({ store, serverName: 'server', memory, pageSize: () => 2 });
    changes = [];
    opened.onDidChange((change) => changes.push(change));
    return opened;
  }

  async function shown(): Promise<string> {
    await experiments.list.ensure();
    return experiments.shownExperiments.map(({ id }) => id).join(' ');
  }

  function failing(method: string, error: Error): void {
    store.before = (call: Call) => {
      if (call.method === method) {
        throw error;
      }
    };
  }

  it('asks nothing before somebody looks', () => {
    experiments.runs('1');
    experiments.selection('2');
    assert.deepEqual([experiments.isPinned('1'), store.calls.length], [false, 0]);
  });

  it('lists the newest first, active ones only', async () => {
    store.experiments.push(anExperiment('4', { lifecycleStage: 'deleted', creationTime: 400 }));
    assert.equal(await shown(), '3 2 1');
  });

  it('searches by name in any case and goes back', async () => {
    experiments.setSearch('  lab ');
    assert.equal(experiments.search, 'lab');
    assert.equal(await shown(), '3 1');
    experiments.setSearch('');
    assert.equal(await shown(), '3 2 1');
    assert.deepEqual(changes, [{ kind: 'experiments' }, { kind: 'experiments' }]);
  });

  it('keeps the rows that were there when a search fails', async () => {
    await shown();
    failing('searchExperiments', new MlflowError('unreachable', 'refused'));
    experiments.setSearch('lab');
    assert.equal(await shown(), '3 2 1');
    assert.ok(experiments.list.error);
    store.before = () => undefined;
    await experiments.list.retry();
    assert.equal(await shown(), '3 1');
  });

  it('gives up the search before when the next one is typed', async () => {
    const signals: AbortSignal[] = [];
    let release = (): void => undefined;
    store.before = async ({ signal }) => {
      signals.push(signal);
      await new Promise<void>((resolve) => (release = resolve));
    };
    experiments.setSearch('l');
    const first = experiments.list.ensure();
    experiments.setSearch('la');
    assert.equal(signals[0]?.aborted, true);
    release();
    await first;
    store.before = () => undefined;
    assert.equal(await shown(), '3 1');
  });

  it('sorts by name, and by last use, and remembers it', async () => {
    store.runs = [
      aRun('a', { experimentId: '1', startTime: 5000 }),
      aRun('b', { experimentId: '2', startTime: 9000 }),
    ];
    await experiments.setOrder('name');
    assert.equal(await shown(), '3 1 2');
    await experiments.setOrder('lastUse');
    assert.equal(await shown(), '2 1 3');
    assert.equal(open().order, 'lastUse');
  });

  describe('pinned ones', () => {
    it('stand first, in the order of the list, and are remembered', async () => {
      await experiments.pin('2', true);
      await experiments.pin('1', true);
      await experiments.pin('1', true);
      assert.equal(await shown(), '2 1 3');
      assert.deepEqual(memory.get('server|pinned'), ['2', '1']);
      await experiments.pin('2', false);
      assert.equal(await shown(), '1 3 2');
      experiments = open();
      assert.equal(await shown(), '1 3 2');
    });

    it('are fetched when the page does not hold them', async () => {
      const many = Array.from({ length: 1000 }, (_, index) =>
        anExperiment(`n${index}`, { creationTime: 1000 + index }),
      );
      store.experiments.push(...many);
      await experiments.pin('1', true);
      await experiments.list.ensure();
      assert.equal(experiments.shownExperiments[0]?.id, '1');
      assert.equal(experiments.experiment('1')?.name, 'mlflow-lab');
      await experiments.list.more();
      const ids = experiments.shownExperiments.map(({ id }) => id);
      assert.deepEqual([ids.length, new Set(ids).size, ids[0]], [1003, 1003, '1']);
    });

    it('are left out once deleted, gone or closed to the user, and hide no others', async () => {
      for (const id of ['1', 'nowhere', '2']) {
        await experiments.pin(id, true);
      }
      store.experiments = store.experiments.map((one) =>
        one.id === '1' ? { ...one, lifecycleStage: 'deleted' } : one,
      );
      assert.equal(await shown(), '2 3');
      assert.equal(experiments.list.error, undefined);
      failing('getExperiment', new MlflowError('unauthorized', 'forbidden'));
      await experiments.reload();
      assert.equal(await shown(), '2 3');
      assert.equal(experiments.list.error, undefined);
    });

    it('go when they are deleted while they are shown from beyond the page', async () => {
      experiments.setSearch('wine');
      await experiments.pin('1', true);
      experiments.setSearch('');
      const rest = store.experiments.filter(({ id }) => id !== '1');
      const [one] = store.experiments;
      assert.ok(one);
      store.experiments = Array.from({ length: 1000 }, (_, index) =>
        anExperiment(`n${index}`, { creationTime: 9000 }),
      ).concat(rest, one);
      await experiments.list.ensure();
      assert.equal(experiments.experiment('1')?.id, '1');
      store.experiments = store.experiments.filter(({ id }) => id !== '1');
      await experiments.reload();
      assert.equal(experiments.experiment('1'), undefined);
    });

    it('fail with the list when the server cannot be reached', async () => {
      await experiments.pin('nowhere', true);
      failing('getExperiment', new MlflowError('unreachable', 'refused'));
      await experiments.list.ensure();
      assert.ok(experiments.list.error);
    });

    it('do not turn up in a search', async () => {
      await experiments.pin('2', true);
      experiments.setSearch('lab');
      assert.equal(await shown(), '3 1');
    });
  });

  it('shows all experiments, with their deleted runs, when asked to', async () => {
    store.experiments.push(anExperiment('4', { lifecycleStage: 'deleted', creationTime: 400 }));
    store.runs = [aRun('a'), aRun('b', { lifecycleStage: 'deleted' })];
    const before = experiments.runs('1');
    await before.list.ensure();
    experiments.setLifecycle('deleted');
    assert.equal(await shown(), '4 3 2 1');
    const after = experiments.runs('1');
    assert.notEqual(after, before);
    await after.list.ensure();
    assert.deepEqual(after.forest.roots, ['b']);
    experiments.setLifecycle('active');
    assert.equal(await shown(), '3 2 1');
  });

  describe('select', () => {
    const good = { ...everyRun, filter: 'good' };

    beforeEach(async () => {
      store.runs = [aRun('a', { name: 'good' }), aRun('b', { name: 'other' })];
      await experiments.runs('1').list.ensure();
      changes = [];
    });

    it('swaps the runs once the new ones are there, and remembers the choice', async () => {
      await experiments.select('1', good);
      assert.deepEqual(experiments.runs('1').forest.roots, ['a']);
      assert.deepEqual(changes, [{ kind: 'runs', experimentId: '1' }]);
      assert.deepEqual(experiments.selection('1'), good);
      assert.deepEqual(open().selection('1'), good);
      assert.deepEqual(open().selection('2'), everyRun);
    });

    it('leaves everything as it was when the server refuses', async () => {
      const before = experiments.runs('1');
      await assert.rejects(
        experiments.select('1', { ...everyRun, filter: 'metrics.m <' }),
        (error: unknown) => error instanceof MlflowError && error.kind === 'rejected',
      );
      assert.equal(experiments.runs('1'), before);
      assert.deepEqual(before.forest.roots, ['a', 'b']);
      assert.deepEqual([changes, experiments.selection('1')], [[], everyRun]);
      assert.deepEqual(open().selection('1'), everyRun);
    });

    it('leaves everything as it was when it is given up, and asks no further', async () => {
      const before = experiments.runs('1');
      const gaveUp = new AbortController();
      let asked: AbortSignal | undefined;
      store.before = ({ signal }) => {
        asked = signal;
        gaveUp.abort();
      };
      await assert.rejects(experiments.select('1', good, gaveUp.signal), isAbortError);
      assert.equal(asked?.aborted, true);
      assert.equal(experiments.runs('1'), before);
      assert.deepEqual([changes, experiments.selection('1')], [[], everyRun]);
    });

    it('gives up what the replaced runs were still reading', async () => {
      const before = experiments.runs('1');
      let signal: AbortSignal | undefined;
      store.before = (call) => {
        signal = call.signal;
        store.before = () => undefined;
        return new Promise<void>(() => undefined);
      };
      void before.list.reload();
      await experiments.select('1', good);
      assert.equal(signal?.aborted, true);
    });
  });

  describe('show', () => {
    it('finds a run in an experiment that the list does not hold', async () => {
      experiments.setSearch('wine');
      store.runs = [aRun('r', { experimentId: '1' })];
      const run = await experiments.show('r', never);
      assert.deepEqual([run.id, await shown()], ['r', '1 2']);
      assert.deepEqual(experiments.runs('1').forest.roots, ['r']);
      assert.deepEqual(changes.slice(1), [{ kind: 'experiments' }]);
    });

    it('adds a run beyond the first page together with its parents', async () => {
      store.runs = ['a', 'b', 'c'].map((id, index) => aRun(id, { startTime: 100 - index }));
      store.runs.push(aChild('k', 'p', { startTime: 1 }), aRun('p', { startTime: 0 }));
      await experiments.show('k', never);
      const runs = experiments.runs('1');
      assert.deepEqual(runs.forest.roots, ['p', 'a', 'b']);
      assert.deepEqual(runs.ancestorIds('k'), ['p']);
      assert.deepEqual(changes, [{ kind: 'runs', experimentId: '1' }]);
    });

    it('changes nothing where the run is shown already', async () => {
      store.runs = [aRun('r')];
      await experiments.show('r', never);
      await experiments.show('r', never);
      assert.deepEqual(changes, []);
    });

    it('rejects for a run that does not exist', async () => {
      await assert.rejects(
        experiments.show('nosuch', never),
        (error: unknown) => error instanceof MlflowError && error.kind === 'notFound',
      );
      assert.deepEqual(changes, []);
    });
  });

  it('reloads the experiments and the runs that were looked at, and no others', async () => {
    await shown();
    await experiments.runs('1').list.ensure();
    experiments.runs('2');
    store.calls.length = 0;
    await experiments.reload();
    assert.deepEqual(
      store.calls.map(({ method, query }) => [method, query.experimentIds]),
      [
        ['searchExperiments', undefined],
        ['searchRuns', ['1']],
      ],
    );
  });

  describe('refreshLive', () => {
    beforeEach(async () => {
      store.runs = [aRun('live', { status: 'RUNNING' }), aRun('still', { experimentId: '2' })];
      await experiments.runs('1').list.ensure();
      await experiments.runs('2').list.ensure();
      changes = [];
      store.calls.length = 0;
    });

    it('knows which experiments have live runs', () => {
      assert.deepEqual(experiments.withLiveRuns(['1', '2', '3', '__proto__']), ['1']);
    });

    it('announces just the runs that changed', async () => {
      store.change('live', { status: 'FINISHED' });
      await experiments.refreshLive(['1', '2', '3'], never);
      assert.deepEqual(changes, [{ kind: 'run', experimentId: '1', runId: 'live' }]);
    });

    it('announces new rows once', async () => {
      store.runs.push(aRun('new', { startTime: 9000 }));
      await experiments.refreshLive(['1'], never);
      assert.deepEqual(changes, [{ kind: 'runs', experimentId: '1' }]);
    });

    it('draws the failure, keeps the rows, and rejects so that the next try waits longer', async () => {
      failing('searchRuns', new MlflowError('unreachable', 'refused'));
      await assert.rejects(experiments.refreshLive(['1'], never), { name: 'MlflowError' });
      assert.deepEqual(changes, [{ kind: 'runs', experimentId: '1' }]);
      assert.deepEqual(experiments.runs('1').forest.roots, ['live']);
    });

    it('announces nothing once the signal has fired', async () => {
      const controller = new AbortController();
      store.change('live', { status: 'FINISHED' });
      controller.abort();
      await assert.rejects(experiments.refreshLive(['1'], controller.signal), {
        name: 'AbortError',
      });
      assert.deepEqual(changes, []);
    });
  });

  it('aborts and says nothing once disposed', async () => {
    let signal: AbortSignal | undefined;
    store.before = (call) => {
      signal = call.signal;
      return new Promise<void>((resolve) => setImmediate(resolve));
    };
    const reading = experiments.list.ensure();
    experiments.dispose();
    await reading;
    assert.deepEqual([signal?.aborted, changes], [true, []]);
  });
});
