import { ascendingOrder } from './ascendingOrder';
import type { SeriesColumns } from './curve';

/**
 * Which points of a series have a partner in another: for each of them its place in the series and the value that
 * the other last had at the same step. Of several values at one step the last by time counts, as a run shows it.
 * Steps beyond ±2^53 are compared as the doubles they are.
 */
export function pairByStep(
  steps: Float64Array,
  other: SeriesColumns,
): { readonly x: Float64Array; readonly source: Uint32Array } {
  const partners = new Float64Array(steps.length);
  const isPaired = new Uint8Array(steps.length);
  let count = 0;
  const lasts = lastOfEachStep(other);
  let at = 0;
  const order = ascendingOrder(steps);
  for (let index = 0; index < order.length; index++) {
    const place = order[index]!;
    while (at < lasts.length && other.steps[lasts[at]!]! < steps[place]!) at++;
    if (at >= lasts.length || other.steps[lasts[at]!] !== steps[place]) continue;
    partners[place] = other.values[lasts[at]!]!;
    isPaired[place] = 1;
    count++;
  }
  const source = new Uint32Array(count);
  const x = new Float64Array(count);
  for (let place = 0, to = 0; to < count; place++) {
    if (isPaired[place] === 0) continue;
    x[to] = partners[place]!;
    source[to++] = place;
  }
  return { x, source };
}

/** The places of the latest points of each step, by ascending step. */
function lastOfEachStep({ steps, timestamps }: SeriesColumns): Uint32Array {
  const order = ascendingOrder(steps);
  let count = 0;
  for (let index = 0; index < order.length; index++) {
    const place = order[index]!;
    const last = count > 0 ? order[count - 1]! : -1;
    if (last < 0 || steps[last] !== steps[place]) order[count++] = place;
    else if (timestamps[place]! >= timestamps[last]!) order[count - 1] = place;
  }
  return order.subarray(0, count);
}
