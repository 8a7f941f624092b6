import assert from 'node:assert/strict';
import type { XAxis } from '../../../../src/mlflow/series/axis';
import { rightOfZero, toCurve } from '../../../../src/mlflow/series/axis';
import type { SeriesColumns } from '../../../../src/mlflow/series/curve';
import { SeededRandom } from '../../../support/seededRandom';

/** Points as `[step, timestamp, value]`. */
function series(...points: readonly (readonly [number, number, number])[]): SeriesColumns {
  const column = (at: 0 | 1 | 2): Float64Array => Float64Array.from(points, (point) => point[at]);
  return { steps: column(0), timestamps: column(1), values: column(2) };
}

const none = { unpaired: 0, notFinite: 0, notPositive: 0 };

const points = (data: SeriesColumns, axis: XAxis, logarithmic = false): unknown => {
  const curve = toCurve(data, axis);
  const { x, y, source, leftOut } = logarithmic ? rightOfZero(curve) : curve;
  return { xy: Array.from(x, (value, at) => [value, y[at]]), source: [...source], leftOut };
};

/** What `toCurve` should give over steps, the plain way. */
const sorted = ({ steps, values }: SeriesColumns): unknown =>
  Array.from(steps, (step, at) => ({ step, at }))
    .sort((a, b) => a.step - b.step || a.at - b.at)
    .map(({ step, at }) => [step, values[at], at]);

describe('toCurve', () => {
  it('takes ascending series as they are, without a copy', () => {
    const data = series([-3, 10, 1], [0, 11, NaN], [0, 12, Infinity], [2 ** 60, 13, 4]);
    const curve = toCurve(data, { kind: 'step' });
    assert.equal(curve.x, data.steps);
    assert.equal(curve.y, data.values);
    assert.deepEqual([...curve.source], [0, 1, 2, 3]);
    assert.deepEqual(curve.leftOut, none);
  });

  it('sorts series in any order as a stable sort does', () => {
    const random = new SeededRandom(1);
    for (let round = 0; round < 300; round++) {
      const spread = random.pick([1, 5, 100, 2 ** 60]);
      const data = series(
        ...random.times(random.below(70), (at) => [random.below(spread) - 2, at, at] as const),
      );
      const { x, y, source } = toCurve(data, { kind: 'step' });
      assert.deepEqual(
        Array.from(x, (step, at) => [step, y[at], source[at]]),
        sorted(data),
      );
    }
  });

  it('leaves the series untouched when it has to sort', () => {
    const data = series([3, 0, 30], [1, 1, 10], [2, 2, 20]);
    assert.deepEqual(points(data, { kind: 'step' }), {
      xy: [
        [1, 10],
        [2, 20],
        [3, 30],
      ],
      source: [1, 2, 0],
      leftOut: none,
    });
    assert.deepEqual([...data.steps], [3, 1, 2]);
  });

  it('counts time from the start of the run, or else from the earliest point', () => {
    const data = series([0, 1_500, 1], [1, 1_200, 2], [2, 1_900, 3]);
    const since = (start?: number): unknown =>
      [...toCurve(data, { kind: 'relative', start }).x] as unknown;
    assert.deepEqual(since(1_000), [200, 500, 900]);
    assert.deepEqual(since(), [0, 300, 700]);
  });

  it('lays points out over wall time where the clock went backwards', () => {
    const data = series([0, 50, 1], [1, 40, 2], [2, 40, 3]);
    assert.deepEqual(points(data, { kind: 'wall' }), {
      xy: [
        [40, 2],
        [40, 3],
        [50, 1],
      ],
      source: [1, 2, 0],
      leftOut: none,
    });
  });

  it('joins another metric by step, with its last value there, and counts who has no partner', () => {
    const of = series(
      [1, 9, 0.5],
      [2, 5, 70],
      [2, 6, 60],
      [2, 6, 0.1],
      [2, 4, 80],
      [3, 7, NaN],
      [7, 0, 1],
    );
    const data = series([0, 0, 10], [1, 0, 11], [2, 0, 12], [2, 1, 13], [3, 0, 14], [4, 0, 15]);
    assert.deepEqual(points(data, { kind: 'metric', of }), {
      xy: [
        [0.1, 12],
        [0.1, 13],
        [0.5, 11],
      ],
      source: [2, 3, 1],
      leftOut: { unpaired: 2, notFinite: 1, notPositive: 0 },
    });
  });

  it('joins unsorted series with many points at one step in no time', () => {
    const count = 100_000;
    const same = { steps: new Float64Array(count), values: new Float64Array(count).fill(2) };
    const timestamps = Float64Array.from({ length: count }, (_, at) => -at);
    const curve = toCurve({ ...same, timestamps }, { kind: 'metric', of: { ...same, timestamps } });
    assert.equal(curve.x.length, count);
  });

  it('leaves out and counts what a logarithmic axis cannot show', () => {
    const data = series([-1, 0, 1], [0, 0, 2], [5, 0, 3], [1, 0, 4]);
    assert.deepEqual(points(data, { kind: 'step' }, true), {
      xy: [
        [1, 4],
        [5, 3],
      ],
      source: [3, 2],
      leftOut: { ...none, notPositive: 2 },
    });
  });

  it('takes empty series', () => {
    for (const axis of [
      { kind: 'step' },
      { kind: 'relative' },
      { kind: 'metric', of: series() },
    ] as const)
      assert.deepEqual(points(series(), axis), { xy: [], source: [], leftOut: none });
  });
});
