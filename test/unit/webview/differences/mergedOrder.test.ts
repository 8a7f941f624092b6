import assert from 'node:assert/strict';
import { mergedOrder } from '../../../../webview/differences/mergedOrder';

const merged = (...lists: readonly string[]): string =>
  mergedOrder(lists.map((list) => list.split(' '))).join(' ');

describe('keys of several lists as one', () => {
  it('stand beside what stands beside them in their own list', () => {
    assert.equal(merged('age out', 'age heated out param'), 'age heated out param');
    assert.equal(merged('b c', 'a b'), 'a b c');
  });

  it('come last where their list shares none with the others', () => {
    assert.equal(merged('age out', '1 2', 'age 3'), 'age 3 out 1 2');
  });

  it('are there once, also where lists contradict one another', () => {
    assert.equal(merged('a b', 'b a c a'), 'a c b');
    assert.deepEqual(mergedOrder([]), []);
  });

  it('are merged in no time, however many and different they are', () => {
    const lists = Array.from({ length: 100 }, (_, list) =>
      Array.from({ length: 2000 }, (_, key) => (key % 2 === 0 ? `${key}` : `${list} ${key}`)),
    );
    const before = performance.now();
    assert.equal(mergedOrder(lists).length, 1000 + 100 * 1000);
    assert.ok(performance.now() - before < 1000);
  });
});
