import assert from 'node:assert/strict';
import { MlflowError } from '../../../src/mlflow/errors';
import { inBulk, type BulkResult } from '../../../src/state/bulk';

const never = new AbortController().signal;
const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);
const unreachable = new MlflowError('unreachable', 'refused');
const rejected = new MlflowError('rejected', 'invalid');

/** Works that end when the test says so, in the order in which they began. */
class Gate {
  readonly waiting: (() => void)[] = [];

  pass = (): Promise<void> => new Promise((resolve) => this.waiting.push(resolve));

  /** Lets the works under way end, and what begins thereby begin. */
  async open(count: number): Promise<void> {
    this.waiting.splice(0, count).forEach((end) => end());
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function told<T>({ done, failed, left }: BulkResult<T>): string {
  return [done.join(' '), failed.map(({ item }) => item).join(' '), left.join(' ')].join(' | ');
}

describe('inBulk', () => {
  it('does nothing of nothing', async () => {
    const work = (): Promise<void> => Promise.reject(new Error('called'));
    assert.equal(told(await inBulk({ items: [], work, signal: never })), ' |  | ');
  });

  it('does eight at a time and says how many have ended', async () => {
    const gate = new Gate();
    const ended: number[] = [];
    const whole = inBulk({
      items: numbers(20),
      work: gate.pass,
      signal: never,
      onProgress: (count) => ended.push(count),
    });
    assert.equal(gate.waiting.length, 8);
    await gate.open(3);
    assert.equal(gate.waiting.length, 8);
    assert.deepEqual(ended, [1, 2, 3]);
    await gate.open(8);
    await gate.open(8);
    await gate.open(8);
    assert.deepEqual((await whole).done, numbers(20));
    assert.equal(ended.at(-1), 20);
  });

  it('tells what was done in the order given, however long each took', async () => {
    const work = async (item: number): Promise<void> => {
      for (let turn = 0; turn < 5 - item; turn++) await Promise.resolve();
    };
    assert.equal(told(await inBulk({ items: numbers(4), work, signal: never })), '0 1 2 3 |  | ');
  });

  it('goes on after a failure that is about one item, and keeps it', async () => {
    const work = (item: number): Promise<void> =>
      item % 2 === 0 ? Promise.resolve() : Promise.reject(rejected);
    const result = await inBulk({ items: numbers(20), work, signal: never });
    assert.equal(told(result), '0 2 4 6 8 10 12 14 16 18 | 1 3 5 7 9 11 13 15 17 19 | ');
    assert.equal(result.failed[0]?.error, rejected);
  });

  it('begins nothing further once it is cancelled, and lets end what has begun', async () => {
    const gate = new Gate();
    const controller = new AbortController();
    const whole = inBulk({ items: numbers(20), work: gate.pass, signal: controller.signal });
    await gate.open(1);
    controller.abort();
    await gate.open(20);
    const { done, failed, left } = await whole;
    assert.deepEqual([done.length, failed.length, left.length], [9, 0, 11]);
  });

  it('stops when the server refuses the user', async () => {
    let calls = 0;
    const work = (): Promise<void> => {
      calls++;
      return Promise.reject(new MlflowError('unauthorized', 'forbidden'));
    };
    const { failed, left } = await inBulk({ items: numbers(1000), work, signal: never });
    assert.ok(calls <= 8, String(calls));
    assert.equal(failed.length + left.length, 1000);
  });

  it('goes on with what the user may, where only some of it is forbidden', async () => {
    const work = (item: number): Promise<void> =>
      item < 50 ? Promise.reject(new MlflowError('unauthorized', 'forbidden')) : Promise.resolve();
    const permissionOf = (item: number): string => (item < 50 ? 'hers' : 'mine');
    const options = { items: numbers(100), work, permissionOf, signal: never };
    const { done, failed, left } = await inBulk(options);
    assert.deepEqual(done, numbers(100).slice(50));
    assert.ok(failed.length <= 8, String(failed.length));
    assert.equal(failed.length + left.length, 50);
  });

  it('stops when the server refuses the sign-in, whatever is allowed to whom', async () => {
    const work = (): Promise<void> =>
      Promise.reject(new MlflowError('unauthorized', 'signInRefused'));
    const options = { items: numbers(100), work, permissionOf: String, signal: never };
    const { left } = await inBulk(options);
    assert.ok(left.length >= 92, String(left.length));
  });

  it('stops after three in a row that nobody answered', async () => {
    let calls = 0;
    const work = async (): Promise<void> => {
      calls++;
      await Promise.resolve();
      throw unreachable;
    };
    const { left } = await inBulk({ items: numbers(1000), work, signal: never });
    assert.ok(calls < 20, String(calls));
    assert.equal(left.length, 1000 - calls);
  });

  it('goes on when only some were not answered', async () => {
    const work = (item: number): Promise<void> =>
      item % 3 === 2 ? Promise.resolve() : Promise.reject(unreachable);
    const { done, left } = await inBulk({ items: numbers(90), work, signal: never });
    assert.deepEqual([done.length, left.length], [30, 0]);
  });
});
