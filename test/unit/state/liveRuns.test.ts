import assert from 'node:assert/strict';
import { isAbortError, MlflowError } from '../../../src/mlflow/errors';
import type { ExperimentRuns } from '../../../src/state/experimentRuns';
import { aChild, aRun, type FakeStore } from '../../support/fakeStore';
import { drawn, RunsFixture } from './runsFixture';

const never = new AbortController().signal;

describe('ExperimentRuns.refreshLive', () => {
  let fixture: RunsFixture;
  let store: FakeStore;

  beforeEach(() => {
    fixture = new RunsFixture();
    store = fixture.store;
  });

  it('reports nothing where nothing changed, in one request', async () => {
    fixture.inOrder(aRun('a', { status: 'RUNNING' }), aRun('b'));
    const runs = await fixture.loaded();
    store.calls.length = 0;
    assert.deepEqual(await runs.refreshLive(never), { structure: false, runs: [] });
    assert.equal(store.calls.length, 1);
  });

  it('reports runs that say something else', async () => {
    fixture.inOrder(aRun('a', { status: 'RUNNING' }), aRun('b'));
    const runs = await fixture.loaded();
    store.change('a', { metrics: [{ key: 'm', value: NaN, timestamp: 1, step: 1 }] });
    assert.deepEqual(await runs.refreshLive(never), { structure: false, runs: ['a'] });
    store.change('a', { status: 'FINISHED' });
    assert.deepEqual((await runs.refreshLive(never)).runs, ['a']);
    assert.equal(runs.hasLiveRuns, false);
  });

  it('puts new runs first', async () => {
    fixture.inOrder(aRun('a', { status: 'RUNNING' }), aRun('b'), aRun('c'));
    const runs = await fixture.loaded({ pageSize: 2 });
    store.runs.push(aRun('new', { startTime: 2_000_000, status: 'RUNNING' }));
    assert.deepEqual(await runs.refreshLive(never), { structure: true, runs: [] });
    assert.equal(drawn(runs), 'new a b');
  });

  it('reads live runs of later pages by their ids', async () => {
    fixture.inOrder(aRun('a'), aRun('b'), aRun('late', { status: 'RUNNING' }));
    const runs = await fixture.loaded({ pageSize: 2 });
    await runs.list.more();
    store.change('late', { status: 'FAILED' });
    assert.deepEqual((await runs.refreshLive(never)).runs, ['late']);
    assert.equal(store.runFilters.at(-1), "attributes.run_id IN ('late')");
  });

  it('takes away live runs that were deleted', async () => {
    fixture.inOrder(aRun('a'), aRun('b'), aRun('late', { status: 'RUNNING' }));
    const runs = await fixture.loaded({ pageSize: 2 });
    await runs.list.more();
    store.change('late', { lifecycleStage: 'deleted' });
    assert.deepEqual(await runs.refreshLive(never), { structure: true, runs: [] });
    assert.equal(drawn(runs), 'a b');
    assert.equal(runs.hasLiveRuns, false);
  });

  it('looks up a parent that left the list while its child on a later page stays', async () => {
    fixture.inOrder(
      aRun('x'),
      aChild('p', 'g', { status: 'RUNNING' }),
      aRun('g'),
      aChild('k', 'p'),
    );
    const runs = await fixture.loaded({ pageSize: 1 });
    await runs.list.more();
    await runs.list.more();
    await runs.list.more();
    assert.equal(drawn(runs), 'x g(p(k))');
    store.change('p', { lifecycleStage: 'deleted' });
    assert.equal((await runs.refreshLive(never)).structure, true);
    assert.equal(drawn(runs), 'x g([p](k))');
  });

  it('looks up no parent that left together with its children', async () => {
    fixture.inOrder(aRun('x', { status: 'RUNNING' }), aRun('p'), aChild('k', 'p'));
    const runs = await fixture.loaded();
    store.runs = store.runs.filter(({ id }) => id === 'x');
    store.calls.length = 0;
    assert.equal((await runs.refreshLive(never)).structure, true);
    assert.deepEqual([drawn(runs), store.calls.length], ['x', 1]);
  });

  it('follows a live placeholder, and rests when it is deleted', async () => {
    fixture.inOrder(aChild('k', 'p', { name: 'good' }), aRun('p', { status: 'RUNNING' }));
    const runs = await fixture.loaded({ selection: { filter: 'good' } });
    assert.equal(runs.hasLiveRuns, true);
    store.change('p', { metrics: [{ key: 'm', value: 1, timestamp: 1, step: 1 }] });
    assert.deepEqual(await runs.refreshLive(never), { structure: false, runs: ['p'] });
    store.change('p', { lifecycleStage: 'deleted' });
    assert.deepEqual(await runs.refreshLive(never), { structure: false, runs: ['p'] });
    assert.deepEqual([runs.hasLiveRuns, drawn(runs)], [false, '[p](k)']);
  });

  it('forgets an opened live run that is gone', async () => {
    fixture.inOrder(aRun('x', { name: 'good' }), aRun('k', { status: 'RUNNING' }));
    const runs = await fixture.loaded({ selection: { filter: 'good' } });
    await runs.show(aRun('k', { status: 'RUNNING' }), never);
    store.runs = store.runs.filter(({ id }) => id !== 'k');
    assert.equal((await runs.refreshLive(never)).structure, true);
    assert.deepEqual([drawn(runs), runs.hasLiveRuns], ['x', false]);
  });

  it('brings new children of a live parent', async () => {
    fixture.inOrder(aRun('p', { status: 'RUNNING' }), aChild('k', 'p'), aRun('x'));
    const runs = await fixture.loaded({ pageSize: 1 });
    await runs.childList('p')?.ensure();
    store.runs.push(aChild('k2', 'p', { startTime: 2_000_000 }));
    assert.equal((await runs.refreshLive(never)).structure, true);
    assert.deepEqual(runs.childIds('p').toSorted(), ['k', 'k2']);
  });

  it('says that the list failed, keeps the rows, and says so when it is well again', async () => {
    fixture.inOrder(aRun('a', { status: 'RUNNING' }), aRun('b'));
    const runs = await fixture.loaded();
    store.before = () => {
      throw new MlflowError('unreachable', 'refused');
    };
    assert.deepEqual(await runs.refreshLive(never), { structure: true, runs: [] });
    assert.ok(runs.list.error);
    assert.equal(drawn(runs), 'a b');
    store.before = () => undefined;
    assert.deepEqual(await runs.refreshLive(never), { structure: true, runs: [] });
    assert.equal(runs.list.error, undefined);
  });

  it('tells what the list brought although the rest could not be read', async () => {
    fixture.inOrder(aRun('a', { status: 'RUNNING' }), aRun('late', { status: 'RUNNING' }));
    const runs = await fixture.loaded({ pageSize: 1 });
    await runs.list.more();
    store.change('a', { name: 'renamed' });
    const failure = new MlflowError('unreachable', 'timeout');
    store.before = ({ query }) => {
      if (query.filter !== undefined) {
        throw failure;
      }
    };
    assert.deepEqual(await runs.refreshLive(never), { structure: false, runs: ['a'], failure });
  });

  it('asks nothing more once it is given up, and tells what has come', async () => {
    fixture.inOrder(aRun('p', { status: 'RUNNING' }), aChild('k', 'p'), aRun('x'));
    const runs = await fixture.loaded({ pageSize: 1 });
    await runs.childList('p')?.ensure();
    store.change('p', { status: 'FINISHED' });
    store.calls.length = 0;
    const gaveUp = new AbortController();
    store.before = () => gaveUp.abort();
    const { runs: changed, failure } = await runs.refreshLive(gaveUp.signal);
    assert.deepEqual([changed, store.calls.length], [['p'], 1]);
    assert.ok(isAbortError(failure));
  });

  it('never shows a run twice', async () => {
    fixture.inOrder(
      aRun('p', { status: 'RUNNING' }),
      aChild('k', 'p', { status: 'RUNNING' }),
      aRun('x'),
    );
    const runs = await fixture.loaded({ pageSize: 2 });
    await runs.childList('p')?.ensure();
    await runs.refreshLive(never);
    await runs.list.more();
    assert.equal(drawn(runs), 'p(k) x');
  });

  describe('tells which runs ended', () => {
    const ended = async (runs: ExperimentRuns): Promise<readonly string[]> =>
      ((await runs.refreshLive(never)).ended ?? []).map(({ id, status }) => `${id} ${status}`);

    it('on the first page, on later ones, and among children, once', async () => {
      fixture.inOrder(
        aRun('a', { status: 'RUNNING' }),
        aRun('p'),
        aRun('late', { status: 'SCHEDULED' }),
        aChild('k', 'p', { status: 'RUNNING' }),
      );
      const runs = await fixture.loaded({ pageSize: 2 });
      await runs.list.more();
      await runs.childList('p')?.ensure();
      assert.deepEqual(await ended(runs), []);
      store.change('a', { status: 'FINISHED' });
      store.change('late', { status: 'FAILED' });
      store.change('k', { status: 'KILLED' });
      assert.deepEqual((await ended(runs)).toSorted(), ['a FINISHED', 'k KILLED', 'late FAILED']);
      assert.deepEqual(await ended(runs), []);
    });

    it('although that took them out of the filter', async () => {
      fixture.inOrder(aRun('a', { status: 'RUNNING' }));
      const runs = await fixture.loaded({ selection: { filter: "status = 'RUNNING'" } });
      store.change('a', { status: 'FINISHED' });
      assert.deepEqual(await ended(runs), ['a FINISHED']);
      assert.equal(drawn(runs), '');
    });

    it('but not those that had ended when they were first seen, or were deleted, or are gone', async () => {
      fixture.inOrder(aRun('a', { status: 'RUNNING' }), aRun('b', { status: 'RUNNING' }));
      const runs = await fixture.loaded();
      store.runs.push(aRun('new', { startTime: 2_000_000 }));
      store.change('a', { status: 'FINISHED', lifecycleStage: 'deleted' });
      store.runs = store.runs.filter(({ id }) => id !== 'b');
      assert.deepEqual(await ended(runs), []);
    });

    it('but not while the server cannot be reached', async () => {
      fixture.inOrder(aRun('a', { status: 'RUNNING' }));
      const runs = await fixture.loaded();
      store.change('a', { status: 'FINISHED' });
      store.before = () => {
        throw new MlflowError('unreachable', 'refused');
      };
      assert.deepEqual(await ended(runs), []);
      store.before = () => undefined;
      assert.deepEqual(await ended(runs), ['a FINISHED']);
    });

    it('but leaves children of a run that goes on to their parent, unless somebody asked', async () => {
      fixture.inOrder(
        aRun('p', { status: 'RUNNING' }),
        aChild('k1', 'p', { status: 'RUNNING' }),
        aChild('k2', 'p', { status: 'RUNNING' }),
      );
      const runs = await fixture.loaded();
      fixture.watched.add('k2');
      store.change('k1', { status: 'FINISHED' });
      store.change('k2', { status: 'FINISHED' });
      assert.deepEqual(await ended(runs), ['k2 FINISHED']);
      store.change('p', { status: 'FINISHED' });
      assert.deepEqual(await ended(runs), ['p FINISHED']);
    });
  });
});
