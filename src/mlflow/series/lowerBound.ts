/** An ascending list that can be looked into by place. */
interface Ascending {
  readonly length: number;
  readonly [place: number]: number;
}

/**
 * The first place in ascending `values` whose value is at least `wanted`, or `values.length`. Looks from `start` on
 * in steps that double, so that a place nearby is found soon.
 */
export function lowerBound(values: Ascending, wanted: number, start = 0): number {
  let low = start;
  let step = 1;
  while (low + step < values.length && values[low + step]! < wanted) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step, values.length);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first place in ascending `values` whose value is above `wanted`, or `values.length`. */
export function upperBound(values: Ascending, wanted: number, start = 0): number {
  let low = start;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! <= wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
