import assert from 'node:assert/strict';
import { summarize } from '../../../../src/mlflow/series/summary';

describe('summarize', () => {
  it('counts values by kind and finds the extremes with their places', () => {
    assert.deepEqual(summarize(Float64Array.of(NaN, 2, -1, Infinity, -1, 2, -Infinity)), {
      count: 7,
      finite: 4,
      nan: 1,
      infinite: 2,
      min: { value: -1, place: 2 },
      max: { value: 2, place: 1 },
      last: { value: -Infinity, place: 6 },
    });
  });

  it('has no extremes where nothing is finite', () => {
    const nothing = { count: 0, finite: 0, nan: 0, infinite: 0, min: undefined, max: undefined };
    assert.deepEqual(summarize(new Float64Array()), { ...nothing, last: undefined });
    const last = { value: NaN, place: 1 };
    const allNaN = { ...nothing, count: 2, nan: 2, last };
    assert.deepEqual(summarize(Float64Array.of(NaN, NaN)), allNaN);
  });
});
