import assert from 'node:assert/strict';
import type { Curve } from '../../../../src/mlflow/series/curve';
import { meanAndSpread, mostPlaces } from '../../../../src/mlflow/series/spread';
import { SeededRandom } from '../../../support/seededRandom';

const curve = (...points: readonly (readonly [number, number])[]): Curve => ({
  x: Float64Array.from(points, ([x]) => x),
  y: Float64Array.from(points, ([, y]) => y),
  source: Uint32Array.from(points, (_, at) => at),
});

const near = (found: number | undefined, wanted: number): void =>
  assert.ok(Math.abs((found ?? NaN) - wanted) < 1e-9, `${found} instead of ${wanted}`);

/** The value of a curve at `x`, the plain way. */
function valueAt({ x, y }: Curve, place: number): number | undefined {
  const points = Array.from(x, (each, at) => ({ x: each, y: y[at]! })).filter((point) =>
    Number.isFinite(point.y),
  );
  const same = points.findLast((point) => point.x === place);
  if (same) return same.y;
  const left = points.findLast((point) => point.x < place);
  const right = points.find((point) => point.x > place);
  if (!left || !right) return undefined;
  const last = points.findLast((point) => point.x === right.x)!;
  return left.y + ((last.y - left.y) * (place - left.x)) / (right.x - left.x);
}

describe('meanAndSpread', () => {
  it('works out mean, deviation, extremes and count at each x, as the plain way does', () => {
    const random = new SeededRandom(9);
    for (let round = 0; round < 300; round++) {
      const curves = random.times(1 + random.below(5), () => {
        const x = Array.from(random.times(random.below(12), () => random.below(20))).sort(
          (a, b) => a - b,
        );
        return curve(...x.map((at) => [at, random.chance(0.1) ? NaN : random.next()] as const));
      });
      const spread = meanAndSpread(curves);
      const union = new Set(
        curves.flatMap(({ x, y }) => [...x.filter((_, at) => !Number.isNaN(y[at]))]),
      );
      assert.deepEqual(
        [...spread.x],
        [...union].sort((a, b) => a - b),
      );
      spread.x.forEach((x, at) => {
        const values = curves.flatMap((each) => valueAt(each, x) ?? []);
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
        const deviation = values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0;
        near(spread.mean[at], mean);
        near(spread.low[at], mean - deviation);
        near(spread.high[at], mean + deviation);
        assert.equal(spread.count[at], values.length);
        near(spread.min[at], Math.min(...values));
        near(spread.max[at], Math.max(...values));
      });
    }
  });

  it('counts a curve only between its first and its last point', () => {
    const { x, count, mean } = meanAndSpread([curve([0, 0], [10, 10]), curve([4, 100], [6, 100])]);
    assert.deepEqual([...x], [0, 4, 6, 10]);
    assert.deepEqual([...count], [1, 2, 2, 1]);
    assert.deepEqual([...mean], [0, 52, 53, 10]);
  });

  it('works at evenly spaced places where there are too many, and loses no spike', () => {
    const random = new SeededRandom(10);
    const points = random.times(30_000, (at) => [at, random.next()] as const);
    const spiky = points.map(([x, y]) => [x, x === 12_345 ? 9 : y] as const);
    const spread = meanAndSpread([curve(...points), curve(...spiky)]);
    assert.equal(spread.x.length, mostPlaces);
    assert.deepEqual([spread.x[0], spread.x.at(-1)], [0, 29_999]);
    assert.equal(Math.max(...spread.max), 9);
    assert.ok(Math.max(...spread.high) < 2);
  });

  it('is worked out as finely at the left of a logarithmic axis as at its right', () => {
    const long = curve(...Array.from({ length: 10_000 }, (_, at) => [at + 1, at] as const));
    const first = (scale: 'linear' | 'log'): number =>
      meanAndSpread([long, long], scale).x.filter((x) => x < 100).length;
    assert.ok(first('linear') < 25);
    assert.ok(first('log') >= 990, `${first('log')}`);
  });

  it('works at the places that are given', () => {
    const { x, mean } = meanAndSpread(
      [curve([0, 0], [10, 10])],
      'linear',
      Float64Array.of(-1, 5, 11),
    );
    assert.deepEqual([[...x], [...mean]], [[5], [5]]);
  });

  it('takes curves without a point or without a finite value', () => {
    assert.equal(meanAndSpread([]).x.length, 0);
    assert.equal(meanAndSpread([curve(), curve([1, NaN])]).x.length, 0);
  });
});
