import assert from 'node:assert/strict';
import { MlflowError } from '../../../src/mlflow/errors';
import { aChild, aRun, type FakeStore } from '../../support/fakeStore';
import { drawn, RunsFixture } from './runsFixture';

const never = new AbortController().signal;

describe('ExperimentRuns', () => {
  let fixture: RunsFixture;
  let store: FakeStore;

  beforeEach(() => {
    fixture = new RunsFixture();
    store = fixture.store;
  });

  it('asks for one page, newest first, of active runs', async () => {
    fixture.inOrder(aRun('a'), aRun('b'));
    await fixture.loaded({ pageSize: 7 });
    const [call] = store.calls;
    assert.deepEqual(call?.query, {
      filter: undefined,
      pageToken: undefined,
      experimentIds: ['1'],
      view: 'active',
      orderBy: ['attributes.start_time DESC'],
      maxResults: 7,
    });
    assert.equal(store.calls.length, 1);
  });

  it('sends the filter and the age together, and the same age on every page', async () => {
    fixture.inOrder(...Array.from({ length: 5 }, (_, index) => aRun(`r${index}`)));
    store.runs = store.runs.map((run) => ({ ...run, startTime: Date.now() }));
    const runs = await fixture.loaded({
      pageSize: 2,
      selection: { filter: "status = 'FINISHED'", createdWithin: 3_600_000 },
    });
    await new Promise((resolve) => setImmediate(resolve));
    await runs.list.more();
    await runs.list.more();
    assert.equal(runs.list.size, 5);
    const [first, ...others] = store.runFilters;
    assert.match(first ?? '', /^status = 'FINISHED' AND attributes\.start_time > \d+$/);
    assert.deepEqual(others, [first, first]);
    const cutoff = Number(/\d+$/.exec(first ?? '')?.[0]);
    assert.ok(Math.abs(Date.now() - 3_600_000 - cutoff) < 10_000);
  });

  it('keeps the server’s refusal of a filter', async () => {
    const runs = fixture.runsOf({ selection: { filter: 'metrics.m <' } });
    await runs.list.ensure();
    assert.ok(runs.list.error instanceof MlflowError);
    assert.equal(runs.list.error.kind, 'rejected');
  });

  describe('families', () => {
    it('are whole over pages: a parent on a later page is looked up at once', async () => {
      fixture.inOrder(aChild('k1', 'p'), aRun('x'), aChild('k2', 'p'), aRun('p'));
      const runs = await fixture.loaded({ pageSize: 2 });
      assert.equal(drawn(runs), 'p(k1) x');
      await runs.list.more();
      assert.equal(drawn(runs), 'p(k1 k2) x');
      assert.equal(store.runFilters.filter((filter) => filter?.includes('run_id IN')).length, 1);
    });

    it('are looked up no further where one page brings them whole', async () => {
      fixture.inOrder(aChild('c', 'p'), aChild('p', 'g'), aRun('g'));
      assert.equal(drawn(await fixture.loaded()), 'g(p(c))');
      assert.equal(store.callsOf('searchRuns').length, 1);
    });

    it('have placeholder parents where a filter leaves the parent out', async () => {
      fixture.inOrder(
        aChild('k', 'p', { name: 'good' }),
        aChild('p', 'g', { name: 'other' }),
        aRun('g', { name: 'other' }),
        aRun('x', { name: 'good' }),
      );
      const runs = await fixture.loaded({ selection: { filter: 'good' } });
      assert.equal(drawn(runs), '[g]([p](k)) x');
      assert.deepEqual(runs.ancestorIds('k'), ['g', 'p']);
    });

    it('call a parent on a later page no placeholder where nothing is filtered', async () => {
      fixture.inOrder(aChild('k', 'p'), aRun('x'), aRun('p'));
      const runs = await fixture.loaded({ pageSize: 1 });
      assert.equal(runs.isPlaceholder('p'), false);
    });

    it('call a deleted parent of an active run a placeholder', async () => {
      fixture.inOrder(aChild('k', 'p'), aRun('p', { lifecycleStage: 'deleted' }));
      const runs = await fixture.loaded();
      assert.equal(drawn(runs), '[p](k)');
    });

    it('leave a child of another experiment’s run, or of none, at the top', async () => {
      fixture.inOrder(aChild('a', 'elsewhere'), aChild('b', 'nowhere'));
      store.runs.push(aRun('elsewhere', { experimentId: '2' }));
      const runs = await fixture.loaded();
      assert.equal(drawn(runs), 'a b');
      await runs.refreshLive(never);
      assert.equal(store.runFilters.filter((filter) => filter?.includes('run_id IN')).length, 1);
    });

    it('look up many parents in batches of a hundred', async () => {
      fixture.inOrder(
        ...Array.from({ length: 250 }, (_, index) => aChild(`k${index}`, `p${index}`)),
      );
      await fixture.loaded({ pageSize: 1000 });
      const lookUps = store.runFilters.filter((filter) => filter?.includes('run_id IN'));
      assert.deepEqual(
        lookUps.map((filter) => filter?.split(', ').length),
        [100, 100, 50],
      );
    });

    it('never put a hostile parent id into a filter', async () => {
      fixture.inOrder(
        aChild('a', "x') OR ('1' = '1"),
        aChild('b', 'p'.repeat(10_000)),
        aChild('c', '💥'),
      );
      const runs = await fixture.loaded();
      assert.equal(drawn(runs), 'a b c');
      assert.equal(store.calls.length, 1);
    });

    it('stand still for ids that are names of Object.prototype', async () => {
      fixture.inOrder(aChild('a', '__proto__'), aChild('b', 'constructor'));
      assert.equal(drawn(await fixture.loaded()), 'a b');
    });

    it('end an endless chain of parents', async () => {
      const depth = 200;
      const chain = Array.from({ length: depth }, (_, index) =>
        aChild(`r${index}`, `r${index + 1}`),
      );
      fixture.inOrder(...chain);
      const runs = await fixture.loaded({ pageSize: 1 });
      assert.equal(runs.list.error, undefined);
      assert.equal(store.calls.length, 51);
    });

    it('fail with their page when the look-up fails', async () => {
      fixture.inOrder(aChild('k', 'p'), aRun('p'));
      store.before = ({ query }) => {
        if (query.filter?.includes('run_id IN')) {
          throw new MlflowError('unreachable', 'cut');
        }
      };
      const runs = fixture.runsOf({ pageSize: 1 });
      await runs.list.ensure();
      assert.ok(runs.list.error);
      assert.equal(runs.list.size, 0);
    });
  });

  describe('child lists', () => {
    it('are not needed once the whole selection has been read', async () => {
      fixture.inOrder(aRun('p'), aChild('k', 'p'));
      const runs = await fixture.loaded();
      assert.deepEqual([runs.isComplete, runs.childList('p')], [true, undefined]);
    });

    it('hold the children that pages have not brought yet, under the same filter', async () => {
      fixture.inOrder(
        aRun('p', { name: 'good' }),
        aChild('k1', 'p', { name: 'good' }),
        aChild('k2', 'p', { name: 'other' }),
        aChild('k3', 'p', { name: 'good' }),
      );
      const runs = await fixture.loaded({ pageSize: 1, selection: { filter: 'good' } });
      const list = runs.childList('p');
      assert.equal(runs.childList('p'), list);
      await list?.ensure();
      assert.deepEqual(runs.childIds('p'), ['k1']);
      await list?.more();
      assert.deepEqual(runs.childIds('p'), ['k1', 'k3']);
      assert.equal(runs.run('k3')?.id, 'k3');
      assert.deepEqual(runs.ancestorIds('k3'), ['p']);
      assert.equal(
        store.runFilters.at(-1),
        "tags.`mlflow.parentRunId` = 'p' AND attributes.run_name ILIKE '%good%'",
      );
    });

    it('name each child once, though the flat list has it too', async () => {
      fixture.inOrder(aRun('p'), aChild('k1', 'p'), aChild('k2', 'p'));
      const runs = await fixture.loaded({ pageSize: 2 });
      await runs.childList('p')?.ensure();
      assert.deepEqual(runs.childIds('p'), ['k1', 'k2']);
    });
  });

  describe('circles', () => {
    it('let every run be reached from the top', async () => {
      fixture.inOrder(aChild('a', 'b'), aChild('b', 'a'), aChild('leaf', 'a'));
      const runs = await fixture.loaded();
      assert.equal(drawn(runs), 'b(a(leaf))');
      assert.deepEqual(runs.ancestorIds('b'), []);
      assert.deepEqual(runs.ancestorIds('leaf'), ['b', 'a']);
    });

    it('let a run that is its own parent be', async () => {
      fixture.inOrder(aChild('a', 'a'));
      const runs = await fixture.loaded();
      assert.deepEqual([drawn(runs), runs.ancestorIds('a')], ['a', []]);
    });
  });

  describe('show', () => {
    it('adds a run that the selection leaves out, with its parents', async () => {
      fixture.inOrder(aRun('x', { name: 'good' }), aChild('k', 'p'), aRun('p'));
      const runs = await fixture.loaded({ selection: { filter: 'good' } });
      const opened = store.runs[1];
      assert.ok(opened);
      await runs.show(opened, never);
      assert.equal(drawn(runs), '[p](k) x');
      assert.deepEqual(runs.ancestorIds('k'), ['p']);
    });

    it('keeps the run over a reload, read anew', async () => {
      fixture.inOrder(aRun('x', { name: 'good' }), aRun('k'));
      const runs = await fixture.loaded({ selection: { filter: 'good' } });
      await runs.show(aRun('k'), never);
      store.change('k', { name: 'renamed' });
      await runs.reload();
      assert.equal(runs.run('k')?.name, 'renamed');
    });
  });

  describe('reload', () => {
    it('keeps families and open children while it is under way and when it fails', async () => {
      fixture.inOrder(aChild('k', 'p'), aRun('x'), aRun('y'), aChild('late', 'p'), aRun('p'));
      const runs = await fixture.loaded({ pageSize: 3 });
      await runs.childList('p')?.ensure();
      const before = drawn(runs);
      assert.equal(before, 'p(k late) x y');
      store.before = () => {
        assert.equal(drawn(runs), before);
        throw new MlflowError('unreachable', 'refused');
      };
      await runs.reload();
      assert.ok(runs.list.error);
      assert.equal(drawn(runs), before);
      assert.ok(fixture.changes > 0);
    });

    it('reads parents anew and forgets those that are not needed any more', async () => {
      fixture.inOrder(
        aChild('k', 'p', { name: 'good' }),
        aRun('p', { status: 'RUNNING' }),
        aChild('l', 'q', { name: 'good' }),
        aRun('q'),
      );
      const runs = await fixture.loaded({ selection: { filter: 'good' } });
      assert.equal(drawn(runs), '[p](k) [q](l)');
      store.change('p', { status: 'FINISHED' });
      store.runs = store.runs.filter(({ id }) => id !== 'l');
      await runs.reload();
      assert.equal(drawn(runs), '[p](k)');
      assert.deepEqual([runs.run('p')?.status, runs.run('q')], ['FINISHED', undefined]);
    });

    it('keeps the objects of runs that say the same, unless they go on', async () => {
      fixture.inOrder(aRun('a'), aRun('b'), aRun('live', { status: 'RUNNING' }));
      const runs = await fixture.loaded();
      const [a, b, live] = runs.list.items;
      store.change('b', { name: 'renamed' });
      await runs.reload();
      assert.deepEqual(
        [a, b, live].map((run, index) => run === runs.list.items[index]),
        [true, false, false],
      );
    });

    it('looks up a parent that left the list meanwhile', async () => {
      fixture.inOrder(aRun('x'), aChild('k', 'p'), aRun('p'));
      const runs = await fixture.loaded();
      assert.equal(drawn(runs), 'x p(k)');
      store.change('p', { lifecycleStage: 'deleted' });
      await runs.reload();
      assert.equal(drawn(runs), 'x [p](k)');
    });

    it('finds a parent that did not exist before', async () => {
      fixture.inOrder(aChild('k', 'p', { name: 'good' }));
      const runs = await fixture.loaded({ selection: { filter: 'good' } });
      assert.equal(drawn(runs), 'k');
      store.runs.push(aRun('p'));
      await runs.reload();
      assert.equal(drawn(runs), '[p](k)');
    });
  });

  it('shows deleted runs alone when asked to, none of them live', async () => {
    fixture.inOrder(aRun('a'), aRun('b', { lifecycleStage: 'deleted', status: 'RUNNING' }));
    const runs = await fixture.loaded({ lifecycle: 'deleted' });
    assert.deepEqual([drawn(runs), runs.hasLiveRuns], ['b', false]);
  });

  it('asks nothing more once disposed', async () => {
    fixture.inOrder(aRun('a'), aRun('b'));
    const runs = await fixture.loaded({ pageSize: 1 });
    const list = runs.childList('a');
    await list?.ensure();
    const asked = store.calls.length;
    runs.dispose();
    await Promise.all([runs.list.more(), runs.reload(), list?.reload()]);
    assert.deepEqual([store.calls.length, fixture.changes], [asked, 0]);
  });
});
