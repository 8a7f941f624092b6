import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { MlflowError } from '../../../src/mlflow/errors';
import { ConnectionGone } from '../../../src/mlflow/connectionGone';
import type { ComparedPlace } from '../../../src/state/comparedRuns';
import type { Comparison } from '../../../src/state/comparison';
import { aRun, type FakeStore } from '../../support/fakeStore';
import { at, ComparisonFixture, key, settled } from './comparisonFixture';

describe('Comparison', () => {
  let fixture: ComparisonFixture;
  let comparison: Comparison;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
    fixture = new ComparisonFixture();
  });

  afterEach(() => {
    fixture.dispose();
    mock.timers.reset();
  });

  const storeOf = (id?: string): FakeStore => fixture.storeOf(id);
  const compare = (...places: readonly ComparedPlace[]): void => {
    comparison = fixture.compare(...places);
  };

  const standings = (): readonly string[] =>
    comparison.entries.map(({ place, run, standing }) => {
      return `${place.connection}/${place.runId} ${standing.kind} ${run?.name ?? '-'}`;
    });

  describe('facts', () => {
    it('asks nobody before it begins', async () => {
      compare(at('x'), at('y'));
      await settled();
      assert.deepEqual(standings(), ['a/x loading -', 'a/y loading -']);
      assert.deepEqual([fixture.sessions.areFound, storeOf().calls], [false, []]);
    });

    it('reads runs of experiments with one search, and of connections each from its own', async () => {
      storeOf().runs = [aRun('x'), aRun('y', { experimentId: '2', lifecycleStage: 'deleted' })];
      storeOf('b').runs = [aRun('x', { name: 'other' })];
      compare(at('x'), at('x', 'b'), at('y', 'a', '2'));
      await comparison.begin();
      assert.deepEqual(standings(), ['a/x ready run x', 'b/x ready other', 'a/y ready run y']);
      assert.deepEqual(storeOf().runFilters, ["attributes.run_id IN ('x', 'y')"]);
      assert.equal(new Set(comparison.keys).size, 3);
      assert.equal(comparison.entry(key('y'))?.experimentName, 'experiment 2');
    });

    it('shows at once what the lists of the view know', async () => {
      storeOf().runs = [aRun('x')];
      const [session] = await fixture.sessions.ensure();
      await session?.connection.ensure();
      await session?.experiments?.runs('1').list.ensure();
      compare(at('x'), at('y'));
      assert.deepEqual(standings(), ['a/x loading run x', 'a/y loading -']);
    });

    it('says which runs are gone, and keeps what was known of them', async () => {
      storeOf().runs = [aRun('x', { status: 'RUNNING' }), aRun('y')];
      compare(at('x'), at('y'), at('z'));
      await comparison.begin();
      assert.deepEqual(standings(), ['a/x ready run x', 'a/y ready run y', 'a/z gone -']);
      storeOf().runs = [];
      await comparison.retry([key('x')]);
      assert.deepEqual(standings().slice(0, 2), ['a/x gone run x', 'a/y ready run y']);
      assert.deepEqual(fixture.told.at(-1)?.run?.lifecycleStage, 'deleted');
    });

    it('reads many in parts and one by one where a search is too large', async () => {
      storeOf().runs = Array.from({ length: 120 }, (_, index) => aRun(`r${index}`));
      let open = 0;
      let mostOpen = 0;
      storeOf().before = async ({ method }) => {
        if (method === 'searchRuns' && storeOf().callsOf('searchRuns').length === 2) {
          throw new MlflowError('malformed', 'tooLarge');
        }
        mostOpen = Math.max(mostOpen, ++open);
        await new Promise((resolve) => setImmediate(resolve));
        open--;
      };
      compare(...storeOf().runs.map(({ id }) => at(id)));
      await comparison.begin();
      assert.ok(comparison.entries.every(({ standing }) => standing.kind === 'ready'));
      assert.deepEqual(
        [storeOf().callsOf('searchRuns').length, storeOf().callsOf('getRun').length, mostOpen],
        [4, 50, 4],
      );
    });

    it('reads fewer at a time of runs that hold very much', async () => {
      const metrics = Array.from({ length: 5000 }, (_, index) => {
        return { key: `m${index}`, value: 0, timestamp: 0, step: 0 };
      });
      storeOf().runs = Array.from({ length: 20 }, (_, index) => aRun(`r${index}`, { metrics }));
      compare(...storeOf().runs.map(({ id }) => at(id)));
      await comparison.begin();
      assert.deepEqual(
        storeOf()
          .callsOf('searchRuns')
          .map(({ query }) => query.maxResults),
        [10, 4, 4, 2],
      );
    });

    it('keeps a failure with the runs it is about, until they are tried again', async () => {
      storeOf().runs = [aRun('x')];
      storeOf('b').runs = [aRun('y')];
      storeOf('b').before = () => {
        throw new MlflowError('unreachable', 'refused');
      };
      compare(at('x'), at('y', 'b'));
      await comparison.begin();
      assert.deepEqual(standings(), ['a/x ready run x', 'b/y failed -']);
      storeOf('b').before = () => undefined;
      await comparison.retry([key('y', 'b')]);
      assert.deepEqual(standings(), ['a/x ready run x', 'b/y ready run y']);
    });

    it('says that a connection is gone', async () => {
      compare(at('x', 'elsewhere'));
      await comparison.begin();
      const standing = comparison.entries[0]?.standing;
      assert.ok(standing?.kind === 'failed' && standing.error instanceof ConnectionGone);
      assert.equal(standing.error.connection, 'elsewhere');
    });

    it('reads a run once, however often it is asked to', async () => {
      storeOf().runs = [aRun('x')];
      compare(at('x'));
      await Promise.all([comparison.begin(), comparison.begin()]);
      await comparison.begin();
      assert.equal(storeOf().callsOf('searchRuns').length, 1);
    });

    it('takes runs in and lets them go', async () => {
      storeOf().runs = [aRun('x'), aRun('y'), aRun('z')];
      compare(at('x'), at('y'));
      await comparison.begin();
      comparison.add([at('y'), at('z')]);
      await comparison.begin();
      comparison.remove([key('x'), 'unknown']);
      assert.deepEqual(standings(), ['a/y ready run y', 'a/z ready run z']);
      assert.deepEqual(storeOf().runFilters.at(-1), "attributes.run_id IN ('z')");
    });

    it('gives up what it reads when it is closed', async () => {
      storeOf().before = () => new Promise(() => undefined);
      compare(at('x'));
      void comparison.begin();
      await settled();
      comparison.dispose();
      assert.ok(storeOf().calls.every(({ signal }) => signal.aborted));
      assert.equal(storeOf().callsOf('searchRuns').length, 1);
    });
  });

  describe('runs in progress', () => {
    const names = (): readonly (string | undefined)[] =>
      comparison.entries.map(({ run }) => run?.name);

    beforeEach(async () => {
      storeOf().runs = [aRun('live', { status: 'RUNNING' }), aRun('done')];
      compare(at('live'), at('done'));
      await comparison.begin();
      storeOf().calls.length = 0;
    });

    const tick = async (): Promise<void> => {
      mock.timers.tick(10_000);
      await settled();
    };

    it('are read again after the interval, and nothing else is', async () => {
      storeOf().change('live', { name: 'later' });
      await tick();
      assert.deepEqual(names(), ['later', 'run done']);
      assert.deepEqual(storeOf().runFilters, ["attributes.run_id IN ('live')"]);
    });

    it('are left alone while nobody looks, or wants them to be', async () => {
      comparison.setVisible(false);
      await tick();
      comparison.setVisible(true);
      comparison.setLive(false);
      await tick();
      assert.deepEqual(storeOf().calls, []);
      comparison.setLive(true);
      await tick();
      assert.equal(storeOf().calls.length, 1);
    });

    it('are left alone once they have ended', async () => {
      storeOf().change('live', { status: 'FINISHED' });
      await tick();
      await tick();
      await tick();
      assert.equal(storeOf().calls.length, 1);
    });

    it('are read at once when the page comes back after a while', async () => {
      comparison.setVisible(false);
      mock.timers.tick(60_000);
      comparison.setVisible(true);
      await comparison.begin();
      assert.deepEqual(storeOf().runFilters, ["attributes.run_id IN ('live')"]);
    });

    it('stay as they were while refreshes fail, which is told and untold', async () => {
      const troubles: unknown[] = [];
      comparison.onDidChangeTrouble((error) => troubles.push(error));
      const failure = new MlflowError('unreachable', 'refused');
      storeOf().before = () => {
        throw failure;
      };
      await tick();
      assert.deepEqual(standings(), ['a/live ready run live', 'a/done ready run done']);
      storeOf().before = () => undefined;
      mock.timers.tick(60_000);
      await settled();
      assert.deepEqual(troubles, [failure, undefined]);
    });

    it('are no trouble any more once nobody follows them, or another reading succeeds', async () => {
      const failing = (): never => {
        throw new MlflowError('unreachable', 'refused');
      };
      storeOf().before = failing;
      await tick();
      assert.ok(comparison.currentTrouble);
      comparison.setLive(false);
      assert.equal(comparison.currentTrouble, undefined);
      comparison.setLive(true);
      await tick();
      assert.ok(comparison.currentTrouble);
      storeOf().before = () => undefined;
      await comparison.retry([key('done')]);
      assert.equal(comparison.currentTrouble, undefined);
      storeOf().before = failing;
      mock.timers.tick(60_000);
      await settled();
      assert.ok(comparison.currentTrouble);
      comparison.remove([key('live')]);
      assert.equal(comparison.currentTrouble, undefined);
    });

    it('are not asked for where the sign-in is refused', async () => {
      storeOf().before = () => {
        throw new MlflowError('unauthorized', 'signInRefused', { status: 401 });
      };
      await tick();
      const { length } = storeOf().calls;
      mock.timers.tick(600_000);
      await settled();
      assert.equal(storeOf().calls.length, length);
    });
  });

  it('follows a local store by what it tells', async () => {
    fixture.watching = true;
    storeOf().runs = [aRun('live', { status: 'RUNNING' })];
    compare(at('live'));
    await comparison.begin();
    await settled();
    mock.timers.tick(200);
    await settled();
    assert.deepEqual(storeOf().callsOf('nextChange').at(-1)?.query, { experimentIds: ['1'] });
    storeOf().change('live', { name: 'later' });
    storeOf().hasChanged();
    await settled();
    assert.equal(comparison.entries[0]?.run?.name, 'later');
    comparison.setVisible(false);
    assert.equal(storeOf().callsOf('nextChange').at(-1)?.signal.aborted, true);
  });

  it('reads anew what the view found to be otherwise', async () => {
    storeOf().runs = [aRun('x'), aRun('y')];
    const [session] = await fixture.sessions.ensure();
    await session?.connection.ensure();
    await session?.experiments?.runs('1').list.ensure();
    compare(at('x'), at('y'));
    await comparison.begin();
    storeOf().calls.length = 0;
    const thing = { kind: 'run', experimentId: '1', id: 'x', name: 'run x' } as const;
    await session?.writes?.renameRun(thing, 'renamed');
    await settled();
    assert.equal(comparison.entry(key('x'))?.run?.name, 'renamed');
    assert.deepEqual(storeOf().runFilters.at(-1), "attributes.run_id IN ('x')");
  });

  describe('a connection that is opened anew', () => {
    const refused = (): never => {
      throw new MlflowError('unauthorized', 'signInRefused', { status: 401 });
    };

    it('is asked again for what failed before', async () => {
      storeOf().runs = [aRun('x'), aRun('y')];
      storeOf().before = refused;
      compare(at('x'), at('y'));
      await comparison.begin();
      assert.deepEqual(standings(), ['a/x failed -', 'a/y failed -']);
      storeOf().before = () => undefined;
      fixture.sessions.get('a')?.reconnect();
      await settled();
      assert.deepEqual(standings(), ['a/x ready run x', 'a/y ready run y']);
    });

    it('is asked only once somebody looks', async () => {
      storeOf().runs = [aRun('x')];
      storeOf().before = refused;
      compare(at('x'));
      await comparison.begin();
      comparison.setVisible(false);
      storeOf().before = () => undefined;
      storeOf().calls.length = 0;
      fixture.sessions.get('a')?.reconnect();
      await settled();
      assert.deepEqual([standings(), storeOf().calls], [['a/x loading -'], []]);
      await comparison.begin();
      assert.deepEqual(standings(), ['a/x ready run x']);
    });

    it('is asked for what the former one was being asked for', async () => {
      storeOf().runs = [aRun('x')];
      let cut: (error: Error) => void = () => undefined;
      storeOf().before = ({ method }) =>
        method === 'searchRuns' ? new Promise((_resolve, reject) => (cut = reject)) : undefined;
      compare(at('x'));
      const reading = comparison.begin();
      await settled();
      storeOf().before = () => undefined;
      fixture.sessions.get('a')?.reconnect();
      cut(new MlflowError('unreachable', 'cut'));
      await reading;
      assert.deepEqual(standings(), ['a/x ready run x']);
    });
  });

  it('reads once more what changed in the view while it was being read', async () => {
    storeOf().runs = Array.from({ length: 12 }, (_, index) => aRun(`r${index}`));
    const [session] = await fixture.sessions.ensure();
    await session?.connection.ensure();
    await session?.experiments?.runs('1').list.ensure();
    compare(...storeOf().runs.map(({ id }) => at(id)));
    await comparison.begin();
    const first = comparison.entries.map(({ key: of }) => of);
    let go = (): void => undefined;
    storeOf().before = ({ method, query }) =>
      method === 'searchRuns' && query.filter?.includes("'r11'") === true
        ? new Promise((resolve) => (go = resolve))
        : undefined;
    const reading = comparison.retry(first);
    await settled();
    storeOf().before = () => undefined;
    const thing = { kind: 'run', experimentId: '1', id: 'r0', name: 'run r0' } as const;
    await session?.writes?.renameRun(thing, 'renamed');
    go();
    await reading;
    await settled();
    assert.equal(comparison.entry(key('r0'))?.run?.name, 'renamed');
  });
});
