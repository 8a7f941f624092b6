import assert from 'node:assert/strict';
import { byLastUse, lastRunTimes } from '../../../src/mlflow/lastUse';
import { anExperiment, aRun, FakeStore } from '../../support/fakeStore';

const never = new AbortController().signal;

describe('lastRunTimes', () => {
  let store: FakeStore;
  const add = (experimentId: string, count: number, startTime: number): void => {
    for (let index = 0; index < count; index++) {
      const id = `${experimentId}-${store.runs.length}`;
      store.runs.push(aRun(id, { experimentId, startTime: startTime - index }));
    }
  };
  const times = (ids: readonly string[]): Promise<Map<string, number>> => {
    return lastRunTimes(
      store,
      ids.map((id) => anExperiment(id)),
      never,
    );
  };

  beforeEach(() => {
    store = new FakeStore();
  });

  it('finds all in one query where the newest runs cover all experiments', async () => {
    add('a', 5, 9000);
    add('b', 5, 8000);
    assert.deepEqual(
      await times(['a', 'b', 'empty']),
      new Map([
        ['a', 9000],
        ['b', 8000],
      ]),
    );
    assert.equal(store.calls.length, 1);
  });

  it('looks past an experiment with very many new runs in one more query', async () => {
    add('busy', 5000, 100_000);
    add('old', 3, 50);
    assert.deepEqual(
      await times(['busy', 'old']),
      new Map([
        ['busy', 100_000],
        ['old', 50],
      ]),
    );
    assert.deepEqual(
      store.calls.map(({ query }) => query.experimentIds),
      [['busy', 'old'], ['old']],
    );
  });

  it('misses nothing among runs that started in the same millisecond', async () => {
    const ids = Array.from({ length: 300 }, (_, index) => `e${index}`);
    for (const id of ids) {
      add(id, 1, 7000);
    }
    assert.equal((await times(ids)).size, 300);
    assert.equal(store.calls.length, 2);
  });

  it('gives up after a dozen queries', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `e${index}`);
    for (const [index, id] of ids.entries()) {
      add(id, 300, 1_000_000 - index * 1000);
    }
    assert.equal((await times(ids)).size, 12);
    assert.equal(store.calls.length, 12);
  });

  it('asks nothing where there are no experiments', async () => {
    assert.deepEqual(await times([]), new Map());
    assert.equal(store.calls.length, 0);
  });

  it('takes a run without a start for the oldest', async () => {
    store.runs = [aRun('r', { experimentId: 'a', startTime: undefined })];
    assert.deepEqual(await times(['a']), new Map([['a', 0]]));
  });
});

describe('byLastUse', () => {
  it('puts the latest run first, and experiments without runs by their own change', () => {
    const experiments = [
      anExperiment('quiet', { lastUpdateTime: 500 }),
      anExperiment('old', { lastUpdateTime: 9999 }),
      anExperiment('new'),
      anExperiment('ancient', { lastUpdateTime: undefined, creationTime: undefined }),
    ];
    const sorted = byLastUse(
      experiments,
      new Map([
        ['old', 100],
        ['new', 900],
      ]),
    );
    assert.deepEqual(
      sorted.map(({ id }) => id),
      ['new', 'quiet', 'old', 'ancient'],
    );
  });
});
