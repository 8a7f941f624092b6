import assert from 'node:assert/strict';
import { MlflowError } from '../../../src/mlflow/errors';
import { ExperimentNames } from '../../../src/state/experimentNames';
import { anExperiment, FakeStore } from '../../support/fakeStore';

describe('ExperimentNames', () => {
  const { signal } = new AbortController();
  const ids = Array.from({ length: 20 }, (_, index) => String(index));
  let store: FakeStore;
  let names: ExperimentNames;

  beforeEach(() => {
    store = new FakeStore();
    store.experiments = ids.slice(1).map((id) => anExperiment(id));
    names = new ExperimentNames();
  });

  it('looks each up once, four at a time, and those that are not there as well', async () => {
    let open = 0;
    let mostOpen = 0;
    store.before = async () => {
      mostOpen = Math.max(mostOpen, ++open);
      await new Promise((resolve) => setImmediate(resolve));
      open--;
    };
    await names.find(store, ids, signal);
    await names.find(store, ids, signal);
    assert.deepEqual([store.calls.length, mostOpen], [20, 4]);
    assert.deepEqual([names.get('0'), names.get('19')], [undefined, 'experiment 19']);
  });

  it('stops asking a server that refuses or does not answer, and asks again another time', async () => {
    store.before = () => {
      throw new MlflowError('unauthorized', 'signInRefused', { status: 401 });
    };
    await names.find(store, ids, signal);
    assert.ok(store.calls.length <= 4);
    store.before = () => undefined;
    await names.find(store, ids, signal);
    assert.equal(names.get('1'), 'experiment 1');
  });
});
