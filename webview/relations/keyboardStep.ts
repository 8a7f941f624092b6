import type { ParallelScene } from './parallelScene';
import type { PlacedRun } from './pointScene';

/** Where the keyboard is: on a run, in parallel coordinates on one of its axes. */
export interface Cursor {
  readonly run: number;
  readonly axis: number;
}

/** The order of points from left to right, and from the bottom up. */
const orders = {
  across: (one: PlacedRun, other: PlacedRun): number => one.x - other.x || other.y - one.y,
  up: (one: PlacedRun, other: PlacedRun): number => other.y - one.y || one.x - other.x,
};

const moves: Readonly<Record<string, readonly [keyof typeof orders, number]>> = {
  ArrowRight: ['across', 1],
  ArrowLeft: ['across', -1],
  ArrowUp: ['up', 1],
  ArrowDown: ['up', -1],
  Home: ['across', -Infinity],
  End: ['across', Infinity],
};

/** The run that a key leads to from another one; `undefined` for other keys. The first key leads to the first run. */
export function stepAmongPoints(
  points: readonly PlacedRun[],
  from: number | undefined,
  key: string,
): number | undefined {
  const move = moves[key];
  if (!move) return undefined;
  const [order, by] = move;
  const sorted = points.toSorted((a, b) => orders[order](a, b) || a.run - b.run);
  return entryAfter(
    sorted.map(({ run }) => run),
    from,
    by,
  );
}

/** The same for parallel coordinates: up and down between runs on an axis, left and right between axes. */
export function stepAmongLines(
  { axes, lines }: ParallelScene,
  from: Cursor | undefined,
  key: string,
): Cursor | undefined {
  const axis = Math.min(from?.axis ?? 0, axes.length - 1);
  if (axis < 0 || !moves[key]) return undefined;
  if (from && (key === 'ArrowLeft' || key === 'ArrowRight')) {
    const next = axis + (key === 'ArrowLeft' ? -1 : 1);
    return { ...from, axis: Math.max(0, Math.min(axes.length - 1, next)) };
  }
  const placed = lines.flatMap(({ run, points, isWithin }) => {
    const point = points[axis];
    return point && isWithin ? { run, x: point.x, y: point.y } : [];
  });
  const upwards = placed.toSorted((a, b) => orders.up(a, b) || a.run - b.run);
  const by = key === 'Home' ? Infinity : key === 'End' ? -Infinity : key === 'ArrowUp' ? 1 : -1;
  const run = entryAfter(
    upwards.map((point) => point.run),
    from?.run,
    by,
  );
  return run === undefined ? undefined : { run, axis };
}

function entryAfter(
  entries: readonly number[],
  from: number | undefined,
  by: number,
): number | undefined {
  const at = from === undefined ? -1 : entries.indexOf(from);
  if (at < 0) return by === -Infinity || by > 0 ? entries[0] : entries.at(-1);
  return entries[Math.max(0, Math.min(entries.length - 1, at + by))];
}
