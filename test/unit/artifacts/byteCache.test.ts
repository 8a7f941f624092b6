import assert from 'node:assert/strict';
import { ByteCache } from '../../../src/artifacts/byteCache';

describe('ByteCache', () => {
  const file = (length: number) => ({ bytes: new Uint8Array(length), state: 's' });

  it('forgets what was used longest ago when it is full', () => {
    const cache = new ByteCache(10);
    cache.put('a', file(4));
    cache.put('b', file(4));
    assert.ok(cache.get('a'));
    cache.put('c', file(4));
    assert.deepEqual(
      ['a', 'b', 'c'].map((key) => cache.get(key) !== undefined),
      [true, false, true],
    );
  });

  it('counts a file that is put again once, and keeps none that is larger than all', () => {
    const cache = new ByteCache(10);
    for (let times = 0; times < 5; times++) cache.put('a', file(6));
    cache.put('b', file(4));
    assert.ok(cache.get('a') && cache.get('b'));
    cache.put('a', file(11));
    assert.equal(cache.get('a'), undefined);
    assert.ok(cache.get('b'));
  });
});
