/** What a box shows of a group of values. */
export interface Quartiles {
  readonly count: number;
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
  /** The outermost values within one and a half boxes of the box, as Tukey drew whiskers. */
  readonly lowWhisker: number;
  readonly highWhisker: number;
}

/** Quartiles between the values, as NumPy's `percentile` has them (type 7); `undefined` for no value. */
export function quartilesOf(values: readonly number[]): Quartiles | undefined {
  const sorted = Float64Array.from(values).sort();
  const count = sorted.length;
  const [first, last] = [sorted[0], sorted[count - 1]];
  if (first === undefined || last === undefined) return undefined;
  const at = (share: number): number => {
    const place = share * (count - 1);
    const below = sorted[Math.floor(place)] ?? first;
    const above = sorted[Math.ceil(place)] ?? last;
    const part = place % 1;
    return below * (1 - part) + above * part;
  };
  const [lower, upper] = [at(0.25), at(0.75)];
  const reach = 1.5 * (upper - lower);
  return {
    count,
    lower,
    median: at(0.5),
    upper,
    lowWhisker: sorted.find((value) => value >= lower - reach) ?? first,
    highWhisker: sorted.findLast((value) => value <= upper + reach) ?? last,
  };
}
