import assert from 'node:assert/strict';
import { MlflowError } from '../../../src/mlflow/errors';
import { Health, watched } from '../../../src/state/health';
import { anExperiment, FakeStore } from '../../support/fakeStore';

describe('Health', () => {
  const { signal } = new AbortController();
  let store: FakeStore;
  let health: Health;
  let seen: (string | undefined)[];

  beforeEach(() => {
    store = new FakeStore();
    store.experiments = [anExperiment('1')];
    health = new Health();
    seen = [];
    health.onDidChange((failure) => seen.push(failure?.reason));
  });

  async function ask(failure?: Error): Promise<void> {
    store.before = () => {
      if (failure !== undefined) {
        throw failure;
      }
    };
    await watched(store, health)
      .getExperiment('1', signal)
      .catch(() => undefined);
  }

  it('falls ill when the server cannot be reached, and gets well with the next answer', async () => {
    await ask(new MlflowError('unreachable', 'refused'));
    await ask(new MlflowError('unreachable', 'refused'));
    assert.deepEqual([health.failure?.reason, seen], ['refused', ['refused']]);
    await ask();
    assert.deepEqual([health.failure, seen], [undefined, ['refused', undefined]]);
  });

  it('knows when the server last answered, be it with a refusal', async () => {
    await ask(new MlflowError('unreachable', 'cut'));
    assert.equal(health.answeredAt, undefined);
    await ask(new MlflowError('unauthorized', 'signIn'));
    assert.ok(Date.now() - (health.answeredAt ?? 0) < 60_000);
    health.reset();
    assert.equal(health.answeredAt, undefined);
  });

  it('falls ill when the sign-in is refused', async () => {
    await ask(new MlflowError('unauthorized', 'signInRefused'));
    assert.equal(health.failure?.reason, 'signInRefused');
  });

  it('stays well when the server refuses what was asked', async () => {
    await ask(new MlflowError('rejected', 'invalid'));
    await ask(new MlflowError('unauthorized', 'forbidden'));
    await ask(new MlflowError('notFound', 'missing'));
    assert.deepEqual([health.failure, seen], [undefined, []]);
  });

  it('learns nothing from a request that was given up', async () => {
    await ask(new MlflowError('unreachable', 'refused'));
    await ask(new DOMException('given up', 'AbortError'));
    assert.equal(health.failure?.reason, 'refused');
  });

  it('hands answers and failures on', async () => {
    const asked = watched(store, health);
    assert.equal((await asked.getExperiment('1', signal)).id, '1');
    await assert.rejects(asked.getExperiment('2', signal), { kind: 'notFound' });
    asked.dispose();
    assert.equal(store.disposals, 1);
  });
});
