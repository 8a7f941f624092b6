import type { AxisScale } from './axisScale';
import { axisScale } from './axisScale';
import type { Band } from './bands';
import { bandsOf } from './bands';
import type { Column } from './column';
import { asLabels, readColumn } from './column';
import type { Box, Size } from './plotBox';
import { plotBox } from './plotBox';
import type { Quartiles } from './quartiles';
import { quartilesOf } from './quartiles';
import type { RelationSource } from './source';
import type { BoxSpec, ContourSpec, ScatterSpec } from './spec';

/** A run at its place, in CSS pixels. */
export interface PlacedRun {
  /** Its place among the runs that are drawn. */
  readonly run: number;
  readonly x: number;
  readonly y: number;
}

/** A column with its layout. */
export interface ScaledColumn {
  readonly column: Column;
  readonly scale: AxisScale;
}

/** A box with its whiskers: distances from the left and from the top, in CSS pixels. */
export interface DrawnBox {
  readonly label: string;
  readonly figures: Quartiles;
  readonly x: number;
  readonly width: number;
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
  readonly lowWhisker: number;
  readonly highWhisker: number;
}

/** Runs as points over two axes, and what lies beneath them. */
export interface PointScene {
  readonly kind: 'points';
  readonly size: Size;
  readonly plot: Box;
  readonly x: ScaledColumn;
  readonly y: ScaledColumn;
  /** What the colors show, in a contour chart. */
  readonly z: ScaledColumn | undefined;
  readonly points: readonly PlacedRun[];
  readonly bands: readonly Band[];
  readonly boxes: readonly DrawnBox[];
}

const room = { left: 68, right: 16, top: 10, bottom: 40 };
/** Beside the plot of a contour chart stands what its colors mean. */
const legendWidth = 76;
const widthOfTick = 76;
const heightOfTick = 34;

/** Places runs for a chart of points. */
export function pointScene(
  spec: ScatterSpec | ContourSpec | BoxSpec,
  source: RelationSource,
  size: Size,
): PointScene {
  const right = room.right + (spec.kind === 'contour' ? legendWidth : 0);
  const plot = plotBox(size, { ...room, right });
  const read = readColumn(spec.x.field, source);
  const isBox = spec.kind === 'box';
  const columns = { x: isBox ? asLabels(read) : read };
  const boxMargin = isBox ? 0.5 / Math.max(1, columns.x.labels?.length ?? 1) : 0.04;
  const x = scaled(columns.x, spec.x.division, boxMargin, plot.width / widthOfTick);
  const yColumn = readColumn(spec.y.field, source);
  const y = scaled(yColumn, spec.y.division, 0.06, plot.height / heightOfTick);
  const z =
    spec.kind === 'contour'
      ? scaled(readColumn(spec.z.field, source), spec.z.division, 0, 5)
      : undefined;
  const placed = placeRuns(plot, x, y, z);
  const points = isBox ? spreadOut(placed, x, plot) : placed;
  const bands = z ? bandsOf(samples(points, plot, z), plot) : [];
  const boxes = isBox ? boxesOf(points, x, y, plot) : [];
  return { kind: 'points', size, plot, x, y, z, points, bands, boxes };
}

function scaled(
  column: Column,
  division: 'linear' | 'log' | undefined,
  margin: number,
  ticks: number,
): ScaledColumn {
  const most = Math.max(2, Math.floor(ticks));
  return { column, scale: axisScale(column, { division, margin, ticks: most }) };
}

const placeOf = ({ column, scale }: ScaledColumn, run: number): number =>
  scale.place(column.values[run] ?? NaN);

/** Those runs that have a place on every axis. */
function placeRuns(
  plot: Box,
  x: ScaledColumn,
  y: ScaledColumn,
  z: ScaledColumn | undefined,
): PlacedRun[] {
  return Array.from(x.column.values, (_, run) => ({
    run,
    x: plot.left + placeOf(x, run) * plot.width,
    y: plot.top + (1 - placeOf(y, run)) * plot.height,
  })).filter(
    (point) =>
      !Number.isNaN(point.x) &&
      !Number.isNaN(point.y) &&
      !(z && Number.isNaN(placeOf(z, point.run))),
  );
}

function samples(points: readonly PlacedRun[], plot: Box, z: ScaledColumn) {
  return points.map(({ run, x, y }) => ({
    x: (x - plot.left) / plot.width,
    y: 1 - (y - plot.top) / plot.height,
    value: placeOf(z, run),
  }));
}

/** How wide a box is. */
function boxWidth({ column }: ScaledColumn, plot: Box): number {
  return Math.min(60, (plot.width / Math.max(1, column.labels?.length ?? 1)) * 0.6);
}

function groups(points: readonly PlacedRun[], { column }: ScaledColumn): Map<number, PlacedRun[]> {
  const byLabel = new Map<number, PlacedRun[]>();
  for (const point of points) {
    const label = column.values[point.run] ?? NaN;
    const group = byLabel.get(label);
    if (group) group.push(point);
    else byLabel.set(label, [point]);
  }
  return byLabel;
}

/** Puts the runs of a box side by side, so that none covers another. */
function spreadOut(points: readonly PlacedRun[], x: ScaledColumn, plot: Box): PlacedRun[] {
  const width = boxWidth(x, plot) * 0.8;
  return [...groups(points, x).values()].flatMap((group) =>
    group.map((point, at) => ({
      ...point,
      x: point.x + ((at + 0.5) / group.length - 0.5) * width,
    })),
  );
}

function boxesOf(
  points: readonly PlacedRun[],
  x: ScaledColumn,
  y: ScaledColumn,
  plot: Box,
): DrawnBox[] {
  const width = boxWidth(x, plot);
  const top = (value: number): number => plot.top + (1 - y.scale.place(value)) * plot.height;
  return [...groups(points, x)].flatMap(([label, group]) => {
    const values = group.map(({ run }) => y.column.values[run] ?? NaN);
    const quartiles = quartilesOf(values);
    if (!quartiles) return [];
    return {
      label: x.column.labels?.[label] ?? '',
      figures: quartiles,
      x: plot.left + x.scale.place(label) * plot.width - width / 2,
      width,
      lower: top(quartiles.lower),
      median: top(quartiles.median),
      upper: top(quartiles.upper),
      lowWhisker: top(quartiles.lowWhisker),
      highWhisker: top(quartiles.highWhisker),
    };
  });
}
