import assert from 'node:assert/strict';
import { smooth } from '../../../../src/mlflow/series/smooth';
import { SeededRandom } from '../../../support/seededRandom';

/** The formula as it is written down, value by value. */
function formula(values: readonly number[], weight: number): number[] {
  const s = weight / 101;
  let b = 0;
  return values.map((value, index) => {
    if (Number.isNaN(value)) return value;
    b = b * s + (1 - s) * value;
    return b / (1 - s ** (index + 1));
  });
}

const close = (found: Float64Array, expected: readonly number[]): void => {
  assert.equal(found.length, expected.length);
  found.forEach((value, at) => {
    const wanted = expected[at] ?? NaN;
    const isSame = Object.is(value, wanted) || Math.abs(value - wanted) <= 1e-12 * Math.abs(wanted);
    assert.ok(isSame, `${value} at ${at} instead of ${wanted}`);
  });
};

describe('smooth', () => {
  it('gives what the formula gives, over thousands of points with NaN among them', () => {
    const random = new SeededRandom(2);
    for (const weight of [2, 25, 60, 99, 100]) {
      const values = random.times(6_000, () => (random.chance(0.05) ? NaN : 5 + random.next()));
      close(smooth(Float64Array.from(values), weight), formula(values, weight));
    }
  });

  it('gives figures worked out by hand', () => {
    // s = 50.5 / 101 = 0.5: 1 / 0.5 * 0.5, then (0.25 + 1) / 0.75, then (0.625 + 0) / 0.875.
    close(smooth(Float64Array.of(1, 2, 0), 50.5), [1, 1.25 / 0.75, 0.625 / 0.875]);
  });

  it('leaves alone what there is nothing to smooth in', () => {
    const odd = [[], [3], [2, 2, 2]].map((values) => Float64Array.from(values));
    for (const values of odd) assert.equal(smooth(values, 80), values);
    const values = Float64Array.of(1, 5, 2);
    for (const weight of [0, 1, -3, NaN]) assert.equal(smooth(values, weight), values);
  });

  it('passes infinite values by, so that what follows stays finite', () => {
    const smoothed = smooth(Float64Array.of(1, Infinity, 3, -Infinity, 2), 60);
    assert.equal(smoothed[1], Infinity);
    assert.equal(smoothed[3], -Infinity);
    close(
      smoothed.filter((_, at) => at % 2 === 0),
      formula([1, NaN, 3, NaN, 2], 60).filter((_, at) => at % 2 === 0),
    );
  });

  it('does not change what it was given', () => {
    const values = Float64Array.of(1, 5, 2);
    smooth(values, 90);
    assert.deepEqual([...values], [1, 5, 2]);
  });
});
