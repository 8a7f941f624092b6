/** Whether no value is below the one before it. */
export function isAscending(values: Float64Array): boolean {
  for (let index = 1; index < values.length; index++) {
    if (values[index]! < values[index - 1]!) return false;
  }
  return true;
}

/**
 * The places of `values` in ascending order of their values, equal ones in the order in which they stand. Merges the
 * ascending stretches that are there, so that a series of a run that was resumed a few times takes a few passes.
 */
export function ascendingOrder(values: Float64Array): Uint32Array {
  const count = values.length;
  let from = new Uint32Array(count);
  for (let index = 0; index < count; index++) from[index] = index;
  let stretches = ascendingStretches(values);
  let to = new Uint32Array(count);
  while (stretches.length > 2) {
    const merged = [0];
    for (let at = 0; at + 1 < stretches.length; at += 2) {
      const end = stretches[at + 2] ?? stretches[at + 1]!;
      merge(values, from, to, stretches[at]!, stretches[at + 1]!, end);
      merged.push(end);
    }
    stretches = merged;
    [from, to] = [to, from];
  }
  return from;
}

/** Where ascending stretches begin, and the end of the last one. */
function ascendingStretches(values: Float64Array): number[] {
  const starts = [0];
  for (let index = 1; index < values.length; index++) {
    if (values[index]! < values[index - 1]!) starts.push(index);
  }
  starts.push(values.length);
  return starts;
}

/** Merges the places in `from` of `[start, middle)` and `[middle, end)` into `to`. */
function merge(
  values: Float64Array,
  from: Uint32Array,
  to: Uint32Array,
  start: number,
  middle: number,
  end: number,
): void {
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    const takesLeft =
      left < middle && (right >= end || values[from[left]!]! <= values[from[right]!]!);
    to[at] = takesLeft ? from[left++]! : from[right++]!;
  }
}
