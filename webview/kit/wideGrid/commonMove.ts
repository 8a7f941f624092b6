/**
 * How far most of some rows move: the median of their moves, of two the shorter. A row that alone goes elsewhere, as a
 * new value sends it in a sorted table, takes none of the others along.
 */
export function commonMove(moves: readonly number[]): number {
  const sorted = moves.toSorted((one, other) => one - other);
  const low = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  const high = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return Math.abs(low) < Math.abs(high) ? low : high;
}
