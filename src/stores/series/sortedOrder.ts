import { setImmediate } from 'node:timers/promises';

/**
 * The indices 0 … count - 1 in the order of `compare`, stable. It merges what is in order already, as series mostly
 * are in a few pieces, and lets other work of this thread through between rounds.
 */
export async function sortedOrder(
  count: number,
  compare: (a: number, b: number) => number,
  signal: AbortSignal,
): Promise<Uint32Array> {
  let from = Uint32Array.from({ length: count }, (_, index) => index);
  let into = new Uint32Array(count);
  let starts = pieceStarts(count, compare);
  while (starts.length > 1) {
    const merged: number[] = [];
    for (let piece = 0; piece < starts.length; piece += 2) {
      const start = starts[piece] ?? 0;
      const middle = starts[piece + 1] ?? count;
      merge(from, into, [start, middle, starts[piece + 2] ?? count], compare);
      merged.push(start);
    }
    [from, into] = [into, from];
    starts = merged;
    await setImmediate(undefined, { signal });
  }
  return from;
}

/** Where each piece begins whose parts are in order. */
function pieceStarts(count: number, compare: (a: number, b: number) => number): number[] {
  const starts = [0];
  for (let index = 1; index < count; index++) {
    if (compare(index - 1, index) > 0) starts.push(index);
  }
  return starts;
}

function merge(
  from: Uint32Array,
  into: Uint32Array,
  [start, middle, end]: readonly [number, number, number],
  compare: (a: number, b: number) => number,
): void {
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    const a = from[left] ?? 0;
    const b = from[right] ?? 0;
    const takesLeft = left < middle && (right >= end || compare(a, b) <= 0);
    into[at] = takesLeft ? a : b;
    if (takesLeft) left++;
    else right++;
  }
}
