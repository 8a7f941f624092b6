import type { Curve } from './curve';
import { placeAt, type Scale } from './scale';

/** Mean and spread of several curves, by ascending `x`. Everywhere at least one of them has a value. */
export interface Spread {
  readonly x: Float64Array;
  readonly mean: Float64Array;
  /** The mean less, and plus, one standard deviation of the sample (over n - 1); the mean itself where only one curve counts. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** The lowest and the highest value. */
  readonly min: Float64Array;
  readonly max: Float64Array;
  /** How many curves have a value here. */
  readonly count: Uint32Array;
}

/** The most places that a spread is worked out at, unless they are given. */
export const mostPlaces = 2000;

/**
 * What several curves have in common: their mean, how far they spread, and how many they are, at each `x` that one of them has
 * (or, where these are more than {@link mostPlaces}, at as many that are evenly spaced on an axis of this scale). Between its points a curve goes straight
 * on; before its first and after its last it does not count. NaN and infinite values are passed by. Of several values at
 * one `x` the last counts. Where places are evenly spaced, `min` and `max` reach as far as the points around each place do,
 * so that no spike is lost.
 */
export function meanAndSpread(
  curves: readonly Curve[],
  scale: Scale = 'linear',
  grid?: Float64Array,
): Spread {
  const lines = curves.map(finiteLine).filter((line) => line.x.length > 0);
  const every = grid ?? unionOf(lines);
  const isThinned = !grid && every.length > mostPlaces;
  const places = isThinned ? evenly(every[0]!, every[every.length - 1]!, scale) : every;
  const sums = new Sums(places);
  for (const line of lines) {
    addLine(sums, line);
    if (isThinned) widen(sums, line);
  }
  return sums.spread();
}

interface Line {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** The points with finite values, one for each `x`. */
function finiteLine({ x, y }: Curve): Line {
  const xs = new Float64Array(x.length);
  const ys = new Float64Array(x.length);
  let count = 0;
  for (let place = 0; place < x.length; place++) {
    if (!Number.isFinite(y[place])) continue;
    if (count > 0 && xs[count - 1] === x[place]) count--;
    xs[count] = x[place]!;
    ys[count++] = y[place]!;
  }
  return { x: xs.subarray(0, count), y: ys.subarray(0, count) };
}

function unionOf(lines: readonly Line[]): Float64Array {
  const all = new Float64Array(lines.reduce((sum, { x }) => sum + x.length, 0));
  let filled = 0;
  for (const { x } of lines) {
    all.set(x, filled);
    filled += x.length;
  }
  all.sort();
  let count = 0;
  for (const x of all) if (count === 0 || all[count - 1] !== x) all[count++] = x;
  return all.subarray(0, count);
}

function evenly(from: number, to: number, scale: Scale): Float64Array {
  const last = mostPlaces - 1;
  return Float64Array.from({ length: mostPlaces }, (_, at) =>
    at === last ? to : placeAt(from, to, at / last, scale),
  );
}

/** Adds the value of a line at each place within its own range. */
function addLine(sums: Sums, { x, y }: Line): void {
  let right = 0;
  for (let at = 0; at < sums.x.length; at++) {
    const place = sums.x[at]!;
    while (right < x.length && x[right]! < place) right++;
    if (right === x.length) return;
    if (x[right] === place) sums.add(at, y[right]!);
    else if (right > 0) {
      const share = (place - x[right - 1]!) / (x[right]! - x[right - 1]!);
      sums.add(at, y[right - 1]! * (1 - share) + y[right]! * share);
    }
  }
}

/** Lets every point of a line count for `min` and `max` of the nearest place where the line has a value. */
function widen(sums: Sums, { x, y }: Line): void {
  let at = 0;
  for (let point = 0; point < x.length; point++) {
    while (at + 1 < sums.x.length && sums.x[at + 1]! - x[point]! <= x[point]! - sums.x[at]!) at++;
    sums.widen(at, y[point]!);
  }
}

/** Running sums at each place, by Welford's method, which does not cancel out where values are large. */
class Sums {
  private readonly count: Uint32Array;
  private readonly mean: Float64Array;
  private readonly squares: Float64Array;
  private readonly min: Float64Array;
  private readonly max: Float64Array;

  constructor(readonly x: Float64Array) {
    this.count = new Uint32Array(x.length);
    this.mean = new Float64Array(x.length);
    this.squares = new Float64Array(x.length);
    this.min = new Float64Array(x.length).fill(Infinity);
    this.max = new Float64Array(x.length).fill(-Infinity);
  }

  add(at: number, value: number): void {
    const count = ++this.count[at]!;
    const off = value - this.mean[at]!;
    this.mean[at]! += off / count;
    this.squares[at]! += off * (value - this.mean[at]!);
    this.widen(at, value);
  }

  widen(at: number, value: number): void {
    if (value < this.min[at]!) this.min[at] = value;
    if (value > this.max[at]!) this.max[at] = value;
  }

  /** Leaves out places where nothing counts. */
  spread(): Spread {
    const here = this.count.map((_, at) => at).filter((at) => this.count[at]! > 0);
    const pick = (value: (at: number) => number): Float64Array => Float64Array.from(here, value);
    const deviation = (at: number): number =>
      this.count[at]! > 1 ? Math.sqrt(this.squares[at]! / (this.count[at]! - 1)) : 0;
    return {
      x: pick((at) => this.x[at]!),
      mean: pick((at) => this.mean[at]!),
      low: pick((at) => this.mean[at]! - deviation(at)),
      high: pick((at) => this.mean[at]! + deviation(at)),
      min: pick((at) => this.min[at]!),
      max: pick((at) => this.max[at]!),
      count: Uint32Array.from(here, (at) => this.count[at]!),
    };
  }
}
