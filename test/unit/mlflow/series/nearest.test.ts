import assert from 'node:assert/strict';
import { nearest, nextFinite } from '../../../../src/mlflow/series/nearest';
import { SeededRandom } from '../../../support/seededRandom';

describe('nearest', () => {
  it('finds the point that is nearest', () => {
    const random = new SeededRandom(8);
    for (let round = 0; round < 500; round++) {
      const x = Float64Array.from(
        random.times(1 + random.below(40), () => random.below(60)),
      ).sort();
      const wanted = random.next() * 80 - 10;
      const place = nearest({ x }, wanted);
      const distance = Math.min(...x.map((each) => Math.abs(each - wanted)));
      assert.equal(Math.abs((x[place] ?? NaN) - wanted), distance);
    }
  });

  it('takes the left one of two that are equally far, the last one of several at one place', () => {
    const x = Float64Array.of(1, 1, 3, 3, 5);
    assert.deepEqual(
      [0, 1, 2, 2.5, 3, 4, 9].map((wanted) => nearest({ x }, wanted)),
      [1, 1, 1, 3, 3, 3, 4],
    );
    assert.equal(nearest({ x: new Float64Array() }, 3), -1);
  });
});

describe('nextFinite', () => {
  it('goes on to a finite value in either direction, or nowhere', () => {
    const y = Float64Array.of(NaN, 1, Infinity, NaN, 2);
    assert.deepEqual([nextFinite(y, 1, 1), nextFinite(y, 4, -1)], [4, 1]);
    assert.deepEqual([nextFinite(y, 1, -1), nextFinite(y, 4, 1)], [undefined, undefined]);
  });
});
