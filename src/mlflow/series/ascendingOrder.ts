/** Whether no value is below the one before it. */
export function isAscending(values: Float64Array): boolean {
  for (let index = 1; index < values.length; index++) {
    if (values[index]! < values[index - 1]!) return false;
  }
  return true;
}

/** Values with the places that they had; moving both together keeps what is compared close in memory. */
interface Sorting {
  readonly values: Float64Array;
  readonly places: Uint32Array;
}

/**
 * The places of `values` in ascending order of their values, equal ones in the order in which they stand. Merges the
 * ascending stretches that are there, so that a series of a run that was resumed a few times takes a few passes.
 */
export function ascendingOrder(values: Float64Array): Uint32Array {
  const count = values.length;
  const places = new Uint32Array(count);
  for (let index = 0; index < count; index++) places[index] = index;
  let bounds = stretches(values);
  if (bounds.length <= 2) return places;
  let from: Sorting = { values: values.slice(), places };
  let to: Sorting = { values: new Float64Array(count), places: new Uint32Array(count) };
  while (bounds.length > 2) {
    bounds = mergePairs(from, to, bounds);
    [from, to] = [to, from];
  }
  return from.places;
}

/** Where ascending stretches begin, and after them the end of the last one. */
function stretches(values: Float64Array): Uint32Array {
  const bounds = new Uint32Array(values.length + 1);
  let count = 1;
  for (let index = 1; index < values.length; index++) {
    if (values[index]! < values[index - 1]!) bounds[count++] = index;
  }
  bounds[count] = values.length;
  return bounds.slice(0, count + 1);
}

/** Merges each two neighboring stretches; the bounds of what came of it. */
function mergePairs(from: Sorting, to: Sorting, bounds: Uint32Array): Uint32Array {
  const end = bounds[bounds.length - 1]!;
  let count = 1;
  for (let at = 0; at + 1 < bounds.length; at += 2) {
    const last = bounds[at + 2] ?? end;
    merge(from, to, bounds[at]!, bounds[at + 1]!, last);
    bounds[count++] = last;
  }
  return bounds.subarray(0, count);
}

/** Merges `[start, middle)` and `[middle, end)`. */
function merge(from: Sorting, to: Sorting, start: number, middle: number, end: number): void {
  const { values, places } = from;
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    const takesLeft = left < middle && (right >= end || values[left]! <= values[right]!);
    const place = takesLeft ? left++ : right++;
    to.values[at] = values[place]!;
    to.places[at] = places[place]!;
  }
}
