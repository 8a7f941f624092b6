import type { Curve } from './curve';
import type { Extremes } from './extremes';
import { BlockExtremes } from './extremes';
import { lowerBound, upperBound } from './lowerBound';
import { placeAt, type Scale } from './scale';

/**
 * Chooses from a curve the points that draw the same picture as all of them: of each column of pixels the first, the lowest,
 * the highest and the last, known as M4 (Jugel, Jerzak, Hackenbroich and Markl, "M4: A Visualization-Oriented Time
 * Series Data Aggregation", VLDB 2014). Every extreme of every column survives at every zoom, the outcome
 * depends on nothing but the curve and the window, and a window costs the logarithm of its length for each column.
 *
 * Two others were not taken. LTTB (Steinarsson, "Downsampling Time Series for Visual Representation", 2013) keeps of each
 * bucket the one point that makes the largest triangle with its neighbors: it may pass over a spike beside a larger one, and
 * what it keeps hangs on what it kept before, so that points come and go while one zooms. MinMaxLTTB (Van Der Donckt et
 * al., "MinMaxLTTB: Leveraging MinMax-Preselection to Scale LTTB", 2023) gives LTTB only extremes to choose from, which makes
 * it fast; but its second step still drops some of them. Both save points, of which four a column are few enough here.
 */
export class Pyramid {
  private readonly extremes: BlockExtremes;
  private readonly odd: readonly Uint32Array[];

  constructor(readonly curve: Curve) {
    this.extremes = new BlockExtremes(curve.y);
    this.odd = placesOfNonFinite(curve.y);
  }

  /**
   * The places of the points to draw from `from` to `to`, ascending. The nearest points outside are among them, so that lines
   * enter and leave the picture. Where there are at most four points a column, all are given. Else a NaN or infinite
   * point is given only for a column without any finite one, so that the line breaks there.
   *
   * @param columns how many columns of pixels the window has
   * @param scale `log` for columns of equal width in log10(x); `from` has to be positive then
   */
  sample(from: number, to: number, columns: number, scale: Scale = 'linear'): Uint32Array {
    columns = Math.max(1, Math.floor(columns));
    const { x } = this.curve;
    const start = lowerBound(x, from);
    const end = upperBound(x, to, start);
    const places = new Places(Math.min(x.length, 4 * columns + 2));
    if (start > 0) places.add(start - 1);
    if (end - start <= 4 * columns) places.addRange(start, end);
    else
      this.eachColumn(from, to, columns, scale, (low, high) => this.addColumn(low, high, places));
    if (end < x.length) places.add(end);
    return places.taken();
  }

  /** The places of the lowest and the highest finite point from `from` to `to`. */
  range(from: number, to: number): Extremes | undefined {
    const start = lowerBound(this.curve.x, from);
    return this.extremes.of(start, upperBound(this.curve.x, to, start));
  }

  /** The places of NaN and infinite points to mark, ascending: of each column the first of each kind. */
  nonFinite(from: number, to: number, columns: number, scale: Scale = 'linear'): Uint32Array {
    if (this.odd.every((places) => places.length === 0)) return new Uint32Array();
    const found: number[] = [];
    const next = this.odd.map(() => 0);
    this.eachColumn(from, to, columns, scale, (low, high) => {
      this.odd.forEach((places, kind) => {
        const at = lowerBound(places, low, next[kind]);
        next[kind] = at;
        if (at < places.length && places[at]! < high) found.push(places[at]!);
      });
    });
    return Uint32Array.from(found).sort();
  }

  /** Calls `visit` with the places `[low, high)` of each column that holds points. */
  private eachColumn(
    from: number,
    to: number,
    columns: number,
    scale: Scale,
    visit: (low: number, high: number) => void,
  ): void {
    const { x } = this.curve;
    let low = lowerBound(x, from);
    const end = upperBound(x, to, low);
    for (let column = 1; column <= columns && low < end; column++) {
      const edge = column < columns ? placeAt(from, to, column / columns, scale) : Infinity;
      const high = Math.min(lowerBound(x, edge, low), end);
      if (high > low) visit(low, high);
      low = high;
    }
  }

  private addColumn(low: number, high: number, places: Places): void {
    if (high - low <= 4) return places.addRange(low, high);
    const extremes = this.extremes.of(low, high);
    if (!extremes) return places.add(low);
    const { y } = this.curve;
    let first = low;
    while (!Number.isFinite(y[first])) first++;
    let last = high - 1;
    while (!Number.isFinite(y[last])) last--;
    places.add(first);
    places.add(Math.min(extremes.lowest, extremes.highest));
    places.add(Math.max(extremes.lowest, extremes.highest));
    places.add(last);
  }
}

/** A growing list of ascending places without repetitions. */
class Places {
  private readonly all: Uint32Array;
  private count = 0;

  constructor(most: number) {
    this.all = new Uint32Array(most);
  }

  add(place: number): void {
    if (this.count === 0 || this.all[this.count - 1]! < place) this.all[this.count++] = place;
  }

  addRange(low: number, high: number): void {
    for (let place = low; place < high; place++) this.add(place);
  }

  taken(): Uint32Array {
    return this.all.slice(0, this.count);
  }
}

/** Ascending places of NaN, Infinity and -Infinity. */
function placesOfNonFinite(y: Float64Array): readonly Uint32Array[] {
  const found: [number[], number[], number[]] = [[], [], []];
  for (let place = 0; place < y.length; place++) {
    const value = y[place]!;
    if (Number.isFinite(value)) continue;
    found[Number.isNaN(value) ? 0 : value > 0 ? 1 : 2].push(place);
  }
  return found.map((places) => Uint32Array.from(places));
}
