import assert from 'node:assert/strict';
import type { Curve } from '../../../../src/mlflow/series/curve';
import { Pyramid } from '../../../../src/mlflow/series/pyramid';
import type { Scale } from '../../../../src/mlflow/series/scale';
import { SeededRandom } from '../../../support/seededRandom';

const curveOf = (x: readonly number[], y: readonly number[]): Curve => ({
  x: Float64Array.from(x),
  y: Float64Array.from(y),
  source: Uint32Array.from(x, (_, at) => at),
});

function randomCurve(random: SeededRandom): Curve {
  const count = random.below(900);
  const gap = random.pick([0, 0.2, 1, 100]);
  let at = random.below(10) - 4;
  const x = random.times(count, () => (at += random.chance(0.3) ? 0 : random.next() * gap));
  const odd = random.pick([0, 0, 0.02, 0.5, 1]);
  const level = random.pick([2, 1e6]);
  const y = random.times(count, () =>
    random.chance(odd) ? random.pick([NaN, Infinity, -Infinity]) : random.below(level),
  );
  return curveOf(x, y);
}

interface Window {
  readonly from: number;
  readonly to: number;
  readonly columns: number;
  readonly scale: Scale;
}

function randomWindow(random: SeededRandom, { x }: Curve): Window {
  const columns = 1 + random.below(40);
  const first = x[0] ?? 0;
  const width = (x.at(-1) ?? 1) - first || 1;
  const ends = random.times(2, () => first + width * (random.next() * 1.4 - 0.2));
  const scale = random.pick(['linear', 'log'] as const);
  const low = Math.min(...ends);
  const from = scale === 'log' ? Math.max(low, 0.1) : low;
  return { from, to: Math.max(...ends, from), columns, scale };
}

/** The places of a window, column by column, with the columns found for each point on its own. */
function columnsOf({ x }: Curve, { from, to, columns, scale }: Window): number[][] {
  const found: number[][] = Array.from({ length: columns }, () => []);
  x.forEach((value, place) => {
    if (value < from || value > to) return;
    const share =
      scale === 'log'
        ? Math.log(value / from) / Math.log(to / from)
        : (value - from) / (to - from || 1);
    found[Math.min(columns - 1, Math.max(0, Math.floor(share * columns)))]?.push(place);
  });
  return found;
}

const sampleOf = (pyramid: Pyramid, { from, to, columns, scale }: Window): number[] => [
  ...pyramid.sample(from, to, columns, scale),
];

describe('Pyramid', () => {
  it('keeps the first, lowest, highest and last finite point of every column', () => {
    const random = new SeededRandom(3);
    for (let round = 0; round < 1_500; round++) {
      const curve = randomCurve(random);
      const window = randomWindow(random, curve);
      const sample = new Set(sampleOf(new Pyramid(curve), window));
      for (const places of columnsOf(curve, window)) {
        const finite = places.filter((place) => Number.isFinite(curve.y[place]));
        if (finite.length === 0) continue;
        const kept = places.filter((place) => sample.has(place));
        const values = finite.map((place) => curve.y[place]!);
        const drawn = kept.map((place) => curve.y[place]!).filter(Number.isFinite);
        assert.equal(Math.min(...drawn), Math.min(...values), `round ${round}`);
        assert.equal(Math.max(...drawn), Math.max(...values), `round ${round}`);
        assert.ok(sample.has(finite[0]!) && sample.has(finite.at(-1)!), `round ${round}`);
      }
    }
  });

  it('gives ascending places, at most four a column, and one neighbor on each side', () => {
    const random = new SeededRandom(4);
    for (let round = 0; round < 500; round++) {
      const curve = randomCurve(random);
      const window = randomWindow(random, curve);
      const sample = sampleOf(new Pyramid(curve), window);
      assert.deepEqual(
        sample,
        [...new Set(sample)].sort((a, b) => a - b),
      );
      const inside = columnsOf(curve, window).flat();
      assert.ok(sample.length <= 4 * window.columns + 2);
      if (inside.length <= 4 * window.columns)
        assert.deepEqual(
          sample.filter((place) => inside.includes(place)),
          inside,
        );
      const before = curve.x.findLastIndex((x) => x < window.from);
      const after = curve.x.findIndex((x) => x > window.to);
      if (before >= 0) assert.equal(sample[0], before);
      if (after >= 0) assert.equal(sample.at(-1), after);
      assert.deepEqual(sample, sampleOf(new Pyramid(curve), window), 'the same once more');
    }
  });

  it('keeps every spike of a million points at a thousand zooms', () => {
    const random = new SeededRandom(5);
    const count = 1_000_000;
    const x = Float64Array.from({ length: count }, (_, at) => at);
    const y = x.map((at) => Math.sin(at / 5e4) + random.next() / 10);
    const spikes = random.times(5, () => random.below(count));
    spikes.forEach((place, nth) => (y[place] = nth % 2 === 0 ? 5 : -5));
    const pyramid = new Pyramid({ x, y, source: new Uint32Array(count) });
    for (let round = 0; round < 1_000; round++) {
      const spike = random.pick(spikes);
      const width = Math.ceil(count ** random.next());
      const from = spike - random.below(width);
      const sample = new Set(pyramid.sample(from, from + width, 200 + random.below(1_800)));
      for (const place of spikes)
        if (place >= from && place <= from + width) assert.ok(sample.has(place), `spike ${place}`);
    }
  });

  it('finds the extremes of a window', () => {
    const random = new SeededRandom(6);
    for (let round = 0; round < 500; round++) {
      const curve = randomCurve(random);
      const { from, to } = randomWindow(random, curve);
      const finite = [...curve.x.keys()].filter(
        (at) => curve.x[at]! >= from && curve.x[at]! <= to && Number.isFinite(curve.y[at]),
      );
      const by = (sign: number): number | undefined =>
        finite.toSorted((a, b) => sign * (curve.y[a]! - curve.y[b]!) || a - b)[0];
      const range = new Pyramid(curve).range(from, to);
      assert.deepEqual([range?.lowest, range?.highest], [by(1), by(-1)]);
    }
  });

  it('names one NaN and one of each infinity a column, to be marked', () => {
    const random = new SeededRandom(7);
    for (let round = 0; round < 500; round++) {
      const curve = randomCurve(random);
      const window = { ...randomWindow(random, curve), scale: 'linear' } as const;
      const marks = new Pyramid(curve).nonFinite(window.from, window.to, window.columns);
      const expected = columnsOf(curve, window).flatMap((places) =>
        [NaN, Infinity, -Infinity].flatMap(
          (kind) => places.find((place) => Object.is(curve.y[place], kind)) ?? [],
        ),
      );
      // A point on the very edge of two columns may be counted to either.
      assert.ok(Math.abs(marks.length - expected.length) <= 2);
      const missing = expected.filter((place) => !marks.includes(place));
      assert.ok(missing.length <= 2, `round ${round}`);
    }
  });

  it('breaks the line where a column holds nothing but NaN', () => {
    const y = Array.from({ length: 100 }, (_, at) => (at >= 20 && at < 40 ? NaN : at));
    const pyramid = new Pyramid(curveOf([...y.keys()], y));
    const sample = [...pyramid.sample(0, 100, 10)];
    assert.deepEqual(
      sample.filter((place) => Number.isNaN(y[place])),
      [20, 30],
    );
  });

  it('takes curves and windows that are hardly any', () => {
    const all = (x: number[], y: number[], from = 0, to = 1, columns = 5): number[] => [
      ...new Pyramid(curveOf(x, y)).sample(from, to, columns),
    ];
    assert.deepEqual(all([], []), []);
    assert.deepEqual(all([0.5], [NaN]), [0]);
    assert.deepEqual(all([7], [1]), [0]);
    const many = Array.from({ length: 50 }, (_, at) => at);
    const constant = many.map(() => 3);
    assert.deepEqual(all(constant, many, 3, 3, 1), [0, 49]);
    assert.deepEqual(all(many, constant, 0, 49, 1), [0, 49]);
    assert.deepEqual(
      all(
        many,
        many.map(() => NaN),
        0,
        49,
        1,
      ),
      [0],
    );
    assert.deepEqual(all(many, many, 9, 2, 5), [8, 9]);
    assert.deepEqual(all(many, many, 0, 49, 0), [0, 49]);
    assert.equal(new Pyramid(curveOf([], [])).range(0, 1), undefined);
  });

  it('divides ranges that no double can measure', () => {
    const x = [-1.7e308, -1e308, -5e307, 0, 5e307, 1e308, 1.5e308, 1.7e308];
    const sample = new Pyramid(curveOf(x, [0, 9, 0, 0, -9, 0, 0, 1])).sample(-1.7e308, 1.7e308, 1);
    assert.deepEqual([...sample], [0, 1, 4, 7]);
  });
});
