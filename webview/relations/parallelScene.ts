import { axisScale } from './axisScale';
import { readColumn } from './column';
import type { Box, Size } from './plotBox';
import { plotBox } from './plotBox';
import type { ScaledColumn } from './pointScene';
import type { RelationSource } from './source';
import type { ParallelAxis, ParallelSpec } from './spec';

/** An axis where it stands, in CSS pixels from the left. */
export interface PlacedAxis extends ScaledColumn {
  readonly choice: ParallelAxis;
  readonly x: number;
}

/** A run over all axes, with gaps where it has no place. */
export interface PlacedLine {
  /** Its place among the runs that are drawn. */
  readonly run: number;
  readonly points: readonly (Point | undefined)[];
  /** Whether it lies within every range. */
  readonly isWithin: boolean;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Parallel coordinates of runs. */
export interface ParallelScene {
  readonly kind: 'parallel';
  readonly size: Size;
  readonly plot: Box;
  readonly axes: readonly PlacedAxis[];
  /** Without runs that have no place on any axis. */
  readonly lines: readonly PlacedLine[];
  /** Those of them that lie within every range, and the others. */
  readonly within: readonly PlacedLine[];
  readonly outside: readonly PlacedLine[];
}

const room = { left: 56, right: 56, top: 34, bottom: 12 };
const heightOfTick = 30;

/** Places runs over parallel axes. */
export function parallelScene(
  spec: ParallelSpec,
  source: RelationSource,
  size: Size,
): ParallelScene {
  const plot = plotBox(size, room);
  const ticks = Math.max(2, Math.floor(plot.height / heightOfTick));
  const axes = spec.axes.map((choice, at) => {
    const column = readColumn(choice.field, source);
    const scale = axisScale(column, { division: choice.division, margin: 0.02, ticks });
    return { choice, column, scale, x: axisLeft(at, spec.axes.length, plot) };
  });
  const lines = source.runs
    .map((_, run) => placeLine(run, axes, plot))
    .filter(({ points }) => points.some((point) => point !== undefined));
  const within = lines.filter(({ isWithin }) => isWithin);
  const outside = lines.filter(({ isWithin }) => !isWithin);
  return { kind: 'parallel', size, plot, axes, lines, within, outside };
}

function axisLeft(at: number, count: number, plot: Box): number {
  return plot.left + (count > 1 ? at / (count - 1) : 0.5) * plot.width;
}

function placeLine(run: number, axes: readonly PlacedAxis[], plot: Box): PlacedLine {
  const points = axes.map(({ column, scale, x }) => {
    const place = scale.place(column.values[run] ?? NaN);
    return Number.isNaN(place) ? undefined : { x, y: plot.top + (1 - place) * plot.height };
  });
  const isWithin = axes.every(({ choice, column }) => {
    if (!choice.range) return true;
    const value = column.values[run] ?? NaN;
    return value >= choice.range.from && value <= choice.range.to;
  });
  return { run, points, isWithin };
}

/** The pieces of a line between its gaps, as an SVG path; a piece of one point is a short dash. */
export function linePath({ points }: PlacedLine): string {
  return points
    .map((point, at) => {
      if (!point) return '';
      const { x, y } = point;
      if (points[at - 1]) return `L${x.toFixed(1)},${y.toFixed(1)}`;
      const start = `M${x.toFixed(1)},${y.toFixed(1)}`;
      return points[at + 1] ? start : `M${(x - 4).toFixed(1)},${y.toFixed(1)}h8`;
    })
    .join('');
}

/** The range of values between two heights on an axis, in CSS pixels from the top; a mere click is no range. */
export function rangeBetween(
  { scale }: PlacedAxis,
  plot: Box,
  one: number,
  other: number,
): { from: number; to: number } | undefined {
  if (Math.abs(one - other) < 4) return undefined;
  const valueAt = (y: number): number => scale.valueAt(1 - (y - plot.top) / plot.height);
  return { from: valueAt(Math.max(one, other)), to: valueAt(Math.min(one, other)) };
}

/** The list with one item moved to another place. */
export function moved<T>(items: readonly T[], from: number, to: number): readonly T[] {
  const item = items[from];
  const target = Math.max(0, Math.min(items.length - 1, to));
  if (item === undefined || from === target) return items;
  return items.toSpliced(from, 1).toSpliced(target, 0, item);
}
