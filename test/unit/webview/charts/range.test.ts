import assert from 'node:assert/strict';
import {
  fractionOf,
  padded,
  panned,
  type Range,
  valueAt,
  zoomed,
} from '../../../../webview/charts/range';

const whole = { min: 0, max: 100 };
const near = (one: Range, other: Range): void => {
  assert.ok(Math.abs(one.min - other.min) < 1e-9, `${one.min} is not ${other.min}`);
  assert.ok(Math.abs(one.max - other.max) < 1e-9, `${one.max} is not ${other.max}`);
};

describe('range', () => {
  it('finds places and values on linear and logarithmic axes', () => {
    assert.equal(fractionOf(25, whole, 'linear'), 0.25);
    assert.equal(valueAt(0.25, whole, 'linear'), 25);
    assert.equal(fractionOf(10, { min: 1, max: 100 }, 'log'), 0.5);
    assert.ok(Math.abs(valueAt(0.5, { min: 1, max: 100 }, 'log') - 10) < 1e-9);
  });

  it('zooms round the place that stays, within the whole', () => {
    near(zoomed(whole, 0.25, 0.5, whole, 'linear'), { min: 12.5, max: 62.5 });
    near(zoomed({ min: 90, max: 100 }, 1, 4, whole, 'linear'), { min: 60, max: 100 });
    near(zoomed({ min: 40, max: 60 }, 0.5, 100, whole, 'linear'), whole);
    near(zoomed({ min: 1, max: 10_000 }, 0.5, 0.5, { min: 1, max: 10_000 }, 'log'), {
      min: 10,
      max: 1000,
    });
  });

  it('moves no further than the whole goes', () => {
    near(panned({ min: 10, max: 30 }, 0.5, whole, 'linear'), { min: 20, max: 40 });
    near(panned({ min: 80, max: 100 }, 0.5, whole, 'linear'), { min: 80, max: 100 });
  });

  it('stops zooming where doubles end', () => {
    let range: Range = { min: 0, max: 2 ** 60 };
    for (let round = 0; round < 200; round++) range = zoomed(range, 0.7, 0.5, whole, 'linear');
    assert.ok(range.max > range.min);
  });

  it('gives a single value some room', () => {
    assert.deepEqual(padded({ min: 5, max: 5 }, 0.05, 'linear'), { min: 4.5, max: 5.5 });
    assert.deepEqual(padded({ min: 0, max: 0 }, 0.05, 'linear'), { min: -1, max: 1 });
    assert.ok(padded({ min: 5, max: 5 }, 0.05, 'log').min > 0);
  });
});
