import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { MlflowError } from '../../../src/mlflow/errors';
import { everyRun } from '../../../src/state/runSelection';
import { Session } from '../../../src/state/session';
import { anExperiment, aRun, FakeStore, someServer } from '../../support/fakeStore';
import { MemoryInMemory } from './memoryInMemory';

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('Session', () => {
  let store: FakeStore;
  let session: Session;
  let interval: number;
  let opens: number;
  let lost: boolean;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
    store = new FakeStore();
    store.experiments = [anExperiment('1'), anExperiment('2')];
    store.runs = [aRun('live', { status: 'RUNNING' }), aRun('still', { experimentId: '2' })];
    interval = 10;
    opens = 0;
    lost = false;
    session = new Session({
      id: 's',
      name: 's',
      open: () => {
        opens++;
        const dispose = (): void => store.dispose();
        return Promise.resolve({
          name: 's',
          store,
          registry: store,
          info: someServer,
          isLost: () => lost,
          dispose,
        });
      },
      memory: new MemoryInMemory(),
      pageSize: () => 100,
      refreshInterval: () => interval,
    });
  });

  afterEach(() => {
    session.dispose();
    mock.timers.reset();
  });

  /** Opens an experiment as the tree does when its row is expanded. */
  async function expand(id: string): Promise<void> {
    await session.connection.ensure();
    session.setExpanded(id, true);
    await session.experiments?.runs(id).list.ensure();
    session.noteRead();
  }

  async function watching(id: string): Promise<void> {
    session.setVisible(true);
    await expand(id);
    store.calls.length = 0;
  }

  it('asks nothing and holds no timer before something is seen', () => {
    mock.timers.tick(1_000_000);
    assert.deepEqual([opens, store.calls.length, session.isWaiting], [0, 0, false]);
    assert.deepEqual([session.experiments, session.models], [undefined, undefined]);
  });

  it('has experiments and models as soon as the connection is there', async () => {
    const status = await session.connection.ensure();
    assert.equal(status.kind, 'ready');
    assert.ok(session.experiments);
    assert.ok(session.models);
  });

  it('refreshes a visible experiment with running runs', async () => {
    await watching('1');
    assert.equal(session.isWaiting, true);
    mock.timers.tick(10_000);
    await settled();
    assert.equal(store.callsOf('searchRuns').length, 1);
    assert.equal(session.isWaiting, true);
  });

  it('rests where nothing runs', async () => {
    await watching('2');
    assert.equal(session.isWaiting, false);
    mock.timers.tick(1_000_000);
    assert.equal(store.calls.length, 0);
  });

  it('rests once the last run has ended', async () => {
    await watching('1');
    store.change('live', { status: 'FINISHED' });
    mock.timers.tick(10_000);
    await settled();
    assert.equal(session.isWaiting, false);
  });

  it('rests while hidden, and while the experiment is collapsed', async () => {
    await watching('1');
    session.setVisible(false);
    assert.equal(session.isWaiting, false);
    session.setVisible(true);
    assert.equal(session.isWaiting, true);
    session.setExpanded('1', false);
    assert.equal(session.isWaiting, false);
    mock.timers.tick(1_000_000);
    assert.equal(store.calls.length, 0);
  });

  it('rests when the interval is 0', async () => {
    interval = 0;
    await watching('1');
    session.setVisible(false);
    mock.timers.tick(1_000_000);
    session.setVisible(true);
    session.freshenIfStale();
    assert.deepEqual([session.isWaiting, store.calls.length], [false, 0]);
    interval = 5;
    session.restartRefreshing();
    assert.equal(session.isWaiting, true);
  });

  it('reads anew what is expanded when it comes back into sight after a while', async () => {
    await watching('2');
    session.setVisible(false);
    mock.timers.tick(5_000);
    session.setVisible(true);
    await settled();
    assert.equal(store.calls.length, 0);
    session.setVisible(false);
    mock.timers.tick(6_000);
    store.runs.push(aRun('new', { experimentId: '2', status: 'RUNNING' }));
    session.setVisible(true);
    await settled();
    assert.equal(store.callsOf('searchRuns').length, 1);
    assert.equal(session.isWaiting, true);
  });

  it('asks nothing by itself of a server that refuses the sign-in, seen again or not', async () => {
    await watching('1');
    session.health.note(new MlflowError('unauthorized', 'signInRefused'));
    session.setVisible(false);
    mock.timers.tick(60_000);
    session.setVisible(true);
    session.freshenIfStale();
    await settled();
    assert.deepEqual([store.calls.length, session.isWaiting], [0, false]);
    await session.reload();
    assert.ok(store.callsOf('searchRuns').length > 0);
  });

  it('reads no further once it is hidden, and from the start when it is seen again', async () => {
    await watching('1');
    await expand('2');
    session.setVisible(false);
    mock.timers.tick(11_000);
    store.calls.length = 0;
    store.before = () => session.setVisible(false);
    session.setVisible(true);
    await settled();
    const asked = (): readonly unknown[] =>
      store.calls.map(({ query }) => (query as { experimentIds?: unknown }).experimentIds);
    assert.deepEqual(asked(), [['1']]);
    store.before = () => undefined;
    session.setVisible(true);
    await settled();
    assert.deepEqual(asked(), [['1'], ['1'], ['2']]);
  });

  it('goes on after a failure, and more slowly', async () => {
    await watching('1');
    store.before = () => {
      throw new MlflowError('unreachable', 'refused');
    };
    mock.timers.tick(10_000);
    await settled();
    assert.ok(session.experiments?.runs('1').list.error);
    assert.equal(session.isWaiting, true);
    mock.timers.tick(19_999);
    assert.equal(store.calls.length, 1);
    store.before = () => undefined;
    mock.timers.tick(1);
    await settled();
    assert.equal(session.experiments?.runs('1').list.error, undefined);
  });

  describe('watched runs', () => {
    let ended: string[];

    beforeEach(async () => {
      ended = [];
      session.onDidEndRuns((runs) => ended.push(runs.map(({ id }) => id).join()));
      await session.connection.ensure();
      store.calls.length = 0;
    });

    const live = { experimentId: '1', runId: 'live' };
    const tick = async (): Promise<void> => {
      mock.timers.tick(10_000);
      await settled();
    };

    it('are asked for by id though nothing is in sight, and are told of when they end', async () => {
      assert.equal(session.isWaiting, false);
      session.experiments?.watch(live);
      assert.equal(session.isWaiting, true);
      await tick();
      assert.deepEqual([ended, store.runFilters], [[], ["attributes.run_id IN ('live')"]]);
      store.change('live', { status: 'FAILED' });
      await tick();
      assert.deepEqual([ended, session.isWaiting], [['live'], false]);
    });

    it('are asked for once where they are in sight, and told of once', async () => {
      await watching('1');
      session.experiments?.watch(live);
      await tick();
      assert.equal(store.callsOf('searchRuns').length, 1);
      store.change('live', { status: 'FINISHED' });
      await tick();
      await tick();
      assert.deepEqual([ended, store.callsOf('searchRuns').length], [['live'], 2]);
    });

    it('are asked for by id where a filter leaves them out', async () => {
      await watching('1');
      const other = { experimentId: '1', runId: 'other' };
      await session.experiments?.select('1', { ...everyRun, filter: 'live' });
      store.change('live', { name: 'live' });
      store.runs.push(aRun('other', { status: 'RUNNING' }));
      session.experiments?.watch(other);
      store.calls.length = 0;
      await tick();
      assert.equal(store.runFilters.at(-1), "attributes.run_id IN ('other')");
      store.change('other', { status: 'FINISHED' });
      await tick();
      assert.deepEqual(ended, ['other']);
    });

    it('of several experiments are told of together', async () => {
      store.change('still', { status: 'RUNNING' });
      session.experiments?.watch(live);
      session.experiments?.watch({ experimentId: '2', runId: 'still' });
      store.change('live', { status: 'FINISHED' });
      store.change('still', { status: 'FINISHED' });
      await tick();
      assert.deepEqual(ended, ['live,still']);
    });

    it('are let go without a word when they are deleted, gone, or asked for no more', async () => {
      for (const over of [
        () => store.change('live', { lifecycleStage: 'deleted', status: 'FINISHED' }),
        () => (store.runs = []),
        () => session.experiments?.unwatch(live),
        () => session.experiments?.unwatchAll(),
        () => session.reconnect(),
      ]) {
        store.runs = [aRun('live', { status: 'RUNNING' })];
        await session.connection.ensure();
        session.experiments?.watch(live);
        over();
        await tick();
        assert.deepEqual([ended, session.isWaiting], [[], false], String(over));
      }
    });

    it('are told of though a reload was the first to find that they ended', async () => {
      store.runs.push(aRun('other', { status: 'RUNNING' }));
      await watching('1');
      session.experiments?.watch(live);
      store.change('live', { status: 'FINISHED' });
      await session.reload();
      await tick();
      await tick();
      assert.deepEqual([ended, session.experiments?.isWatching], [['live'], false]);
    });

    it('are not over because their server does not answer', async () => {
      session.experiments?.watch(live);
      store.before = () => {
        throw new MlflowError('unreachable', 'refused');
      };
      await tick();
      assert.deepEqual([ended, session.isWaiting], [[], true]);
    });

    it('are not asked for where the server refuses the sign-in', async () => {
      session.experiments?.watch(live);
      session.health.note(new MlflowError('unauthorized', 'signInRefused'));
      assert.equal(session.isWaiting, false);
    });

    it('are all that is asked for once the view is hidden', async () => {
      await watching('1');
      await expand('2');
      store.change('still', { status: 'RUNNING' });
      session.experiments?.watch(live);
      session.setVisible(false);
      store.calls.length = 0;
      await tick();
      assert.deepEqual(store.runFilters, ["attributes.run_id IN ('live')"]);
    });

    it('draw their row when they are watched, and when they are not any more', () => {
      const changes: unknown[] = [];
      session.experiments?.onDidChange((change) => changes.push(change));
      session.experiments?.watch(live);
      assert.equal(session.experiments?.runs('1').isWatched('live'), true);
      session.experiments?.unwatch(live);
      session.experiments?.unwatch(live);
      const drawn = { kind: 'run', ...live };
      assert.deepEqual(changes, [drawn, drawn]);
    });
  });

  it('forgets everything of the old connection, and says so, when it is opened anew', async () => {
    await watching('1');
    const old = session.experiments;
    let replaced = 0;
    session.onDidReplace(() => replaced++);
    session.reconnect();
    assert.deepEqual([session.experiments, session.models, replaced], [undefined, undefined, 1]);
    assert.deepEqual([session.isWaiting, store.disposals], [false, 1]);
    await session.connection.ensure();
    assert.notEqual(session.experiments, old);
  });

  it('still refreshes rows that stayed expanded over a new connection', async () => {
    await watching('1');
    session.reconnect();
    await session.connection.ensure();
    await session.experiments?.runs('1').list.ensure();
    session.noteRead();
    assert.equal(session.isWaiting, true);
  });

  it('reloads what is shown, or opens a connection that failed anew', async () => {
    await watching('1');
    await session.reload();
    assert.deepEqual(store.calls.map(({ method }) => method).toSorted(), [
      'recheck',
      'searchExperiments',
      'searchRegisteredModels',
      'searchRuns',
    ]);
    assert.equal(opens, 1);
    session.reconnect();
    await session.reload();
    await session.connection.ensure();
    assert.equal(opens, 2);
  });

  it('holds nothing once disposed', async () => {
    await watching('1');
    session.dispose();
    mock.timers.tick(1_000_000);
    await settled();
    assert.deepEqual([store.calls.length, session.isWaiting, store.disposals], [0, false, 1]);
  });

  it('opens the connection anew on a reload when it is lost, and only then', async () => {
    await expand('1');
    await session.reload();
    assert.equal(session.connection.status.kind, 'ready');
    lost = true;
    await session.reload();
    assert.equal(session.connection.status.kind, 'idle');
    await session.connection.ensure();
    assert.equal(opens, 2);
  });
});
