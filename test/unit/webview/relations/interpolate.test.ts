import assert from 'node:assert/strict';
import { bandsOf } from '../../../../webview/relations/bands';
import { interpolate } from '../../../../webview/relations/interpolate';
import { quartilesOf } from '../../../../webview/relations/quartiles';
import { SeededRandom } from '../../../support/seededRandom';

describe('interpolate', () => {
  it('meets samples, stays between their values, and is nearer to who is nearer', () => {
    const samples = [
      { x: 0.05, y: 0.05, value: 1 },
      { x: 0.95, y: 0.95, value: 3 },
    ];
    const grid = interpolate(samples, 10, 10);
    assert.ok(Math.abs((grid[0] ?? NaN) - 1) < 1e-6);
    assert.ok(Math.abs((grid[99] ?? NaN) - 3) < 1e-6);
    assert.ok(grid.every((value) => value >= 1 && value <= 3));
    assert.ok((grid[11] ?? NaN) < (grid[88] ?? NaN));
  });

  it('is the mean of samples that lie on one another', () => {
    const place = { x: 0.5, y: 0.5 };
    const grid = interpolate(
      [
        { ...place, value: 2 },
        { ...place, value: 4 },
      ],
      1,
      1,
    );
    assert.ok(Math.abs((grid[0] ?? NaN) - 3) < 1e-9);
  });
});

describe('bandsOf', () => {
  it('has high bands only where values are high, and up is up', () => {
    const box = { left: 0, top: 0, width: 100, height: 100 };
    const samples = [
      { x: 0.5, y: 0.1, value: 0 },
      { x: 0.5, y: 0.9, value: 1 },
    ];
    const bands = bandsOf(samples, box);
    const highest = bands.at(-1);
    assert.equal(highest?.level, 9);
    const heights = [...(highest?.path.matchAll(/,([\d.]+)/g) ?? [])].map(([, y]) => Number(y));
    assert.ok(heights.length > 3 && heights.every((y) => y < 50));
    assert.deepEqual(bandsOf([], box), []);
  });
});

describe('quartilesOf', () => {
  it('gives the figures that NumPy gives', () => {
    const quartiles = quartilesOf([7, 15, 36, 39, 40, 41]);
    assert.deepEqual(quartiles, {
      ...{ count: 6, lower: 20.25, median: 37.5, upper: 39.75 },
      ...{ lowWhisker: 7, highWhisker: 41 },
    });
    assert.equal(quartilesOf([]), undefined);
    assert.equal(quartilesOf([4])?.median, 4);
  });

  it('ends whiskers at values within one and a half boxes', () => {
    const quartiles = quartilesOf([1, 2, 3, 4, 5, 9]);
    assert.deepEqual([quartiles?.lowWhisker, quartiles?.highWhisker], [1, 5]);
  });

  it('keeps its figures in order', () => {
    const random = new SeededRandom(21);
    for (let round = 0; round < 300; round++) {
      const found = quartilesOf(random.times(1 + random.below(20), () => random.below(50)));
      assert.ok(found);
      const { lowWhisker, lower, median, upper, highWhisker } = found;
      const order = [lower, median, upper];
      assert.deepEqual(
        order,
        order.toSorted((a, b) => a - b),
      );
      assert.ok(lowWhisker <= median && median <= highWhisker);
    }
  });
});
