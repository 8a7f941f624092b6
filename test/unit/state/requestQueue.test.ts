import assert from 'node:assert/strict';
import { isAbortError } from '../../../src/mlflow/errors';
import { RequestQueue } from '../../../src/state/requestQueue';

describe('RequestQueue', () => {
  let queue: RequestQueue;
  let begun: string[];
  let finish: Map<string, () => void>;

  beforeEach(() => {
    queue = new RequestQueue({ all: 2, long: 1 });
    begun = [];
    finish = new Map();
  });

  const never = new AbortController().signal;

  function ask(name: string, isLong = false, signal = never): Promise<string> {
    return queue.run(
      () =>
        new Promise((resolve) => {
          begun.push(name);
          finish.set(name, () => resolve(name));
        }),
      signal,
      isLong,
    );
  }

  async function finished(name: string, asked: Promise<string>): Promise<void> {
    finish.get(name)?.();
    assert.equal(await asked, name);
  }

  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('begins so many at a time, in the order in which they came', async () => {
    const [a] = [ask('a'), ask('b'), ask('c'), ask('d')];
    await turn();
    assert.deepEqual(begun, ['a', 'b']);
    await finished('a', a);
    await turn();
    assert.deepEqual(begun, ['a', 'b', 'c']);
  });

  it('never lets long ones take all turns', async () => {
    const [long] = [ask('long', true), ask('longer', true), ask('short')];
    await turn();
    assert.deepEqual(begun, ['long', 'short']);
    await finished('long', long);
    await turn();
    assert.deepEqual(begun, ['long', 'short', 'longer']);
  });

  it('never begins one that was given up while it waited', async () => {
    const controller = new AbortController();
    const [a] = [ask('a'), ask('b')];
    const given = ask('c', false, controller.signal);
    controller.abort();
    await assert.rejects(given, isAbortError);
    await assert.rejects(ask('late', false, controller.signal), isAbortError);
    await finished('a', a);
    ask('d').catch(() => undefined);
    await turn();
    assert.deepEqual(begun, ['a', 'b', 'd']);
  });

  it('goes on after a failure', async () => {
    for (let failures = 0; failures < 3; failures++) {
      const failing = queue.run(() => Promise.reject(new Error('it broke')), never, true);
      await assert.rejects(failing, /it broke/);
    }
    const after = ask('after', true);
    await turn();
    await finished('after', after);
  });
});
