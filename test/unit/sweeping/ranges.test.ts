import assert from 'node:assert/strict';
import { readRanges } from '../../../src/sweeping/ranges';

describe('numbers of combinations in a text', () => {
  it('are single ones and ranges', () => {
    assert.deepEqual(readRanges('0-2, 5', 6), [0, 1, 2, 5]);
    assert.deepEqual(readRanges(' 3 – 4 ', 6), [3, 4]);
  });

  it('are there, and in order', () => {
    for (const text of ['', '6', '0-6', '2-1', '-1', '1,', 'a', '1.5']) {
      assert.equal(readRanges(text, 6), undefined, text);
    }
  });

  it('are not so many that listing them would take long', () => {
    assert.equal(readRanges('0-2000000', 1e9), undefined);
  });
});
