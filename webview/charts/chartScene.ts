import { nearest } from '../../src/mlflow/series/nearest';
import type { AxisUnit } from './axisTicks';
import type { Bar, BarSpec, ChartSpec, LineSpec } from './chart';
import type { ChartLine, ChartModel } from './chartModel';
import { drawnLines, heightOf } from './drawnLines';
import { padded, type Range, type Scale, union } from './range';

/** How the axes of a chart are set up. */
export interface AxisSetup {
  readonly title: string;
  readonly unit: AxisUnit;
  readonly scaleX: Scale;
  readonly scaleY: Scale;
}

/** What of a chart is seen, and how wide the picture is. */
export interface SceneView {
  /** `undefined` for everything. */
  readonly window: Range | undefined;
  readonly height: Range | undefined;
  readonly columns: number;
  readonly highlighted: string | undefined;
}

/** The whole horizontal axis of a chart. */
export function wholeOf({ extent }: ChartModel, scale: Scale): Range {
  if (extent === undefined) return scale === 'log' ? { min: 1, max: 10 } : { min: 0, max: 1 };
  return extent.max > extent.min ? extent : padded(extent, 0, scale);
}

/** What is to be drawn. */
export function specOf(model: ChartModel, axes: AxisSetup, view: SceneView): ChartSpec {
  return model.kind === 'bar' ? barSpec(model, axes, view) : lineSpec(model, axes, view);
}

function lineSpec(model: ChartModel, axes: AxisSetup, view: SceneView): LineSpec {
  const { title, unit, scaleX, scaleY } = axes;
  const window = view.window ?? wholeOf(model, scaleX);
  const height = view.height ?? heightOf(model, window, scaleY);
  return {
    kind: 'line',
    x: { title, unit, scale: scaleX, window },
    y: { title: '', unit: 'number', scale: scaleY, window: height },
    lines: drawnLines(model, { ...view, window, scaleX }),
  };
}

function barSpec(model: ChartModel, { scaleY }: AxisSetup, { highlighted }: SceneView): BarSpec {
  const bars = model.runs.map(({ run, style, latest, status }): Bar => {
    const value = status.data?.values[0] ?? latest.value;
    const opacity = highlighted === undefined || highlighted === run.key ? 1 : 0.35;
    return { run: run.key, name: run.name, value, color: style.color, opacity };
  });
  const shown = bars
    .map(({ value }) => value)
    .filter((value) => Number.isFinite(value) && (scaleY === 'linear' || value > 0));
  let reached: Range | undefined = scaleY === 'linear' ? { min: 0, max: 0 } : undefined;
  for (const value of shown) reached = union(reached, { min: value, max: value });
  const window = barWindow(reached, scaleY);
  return { kind: 'bar', bars, y: { title: '', unit: 'number', scale: scaleY, window } };
}

/** Bars begin at 0; on a logarithmic axis, which has none, at the power of ten below them. */
function barWindow(reached: Range | undefined, scale: Scale): Range {
  if (scale === 'log') {
    const { min, max } = reached ?? { min: 1, max: 10 };
    return { min: 10 ** Math.floor(Math.log10(min) - 0.01), max: max * 1.2 };
  }
  const { min, max } = reached ?? { min: 0, max: 1 };
  const margin = (max - min) * 0.05 || 1;
  return { min: min < 0 ? min - margin : 0, max: max > 0 || min === 0 ? max + margin : 0 };
}

/** A line's point beside a place on the horizontal axis. */
export interface PointAt {
  readonly line: ChartLine;
  /** The point's place in the line's curve. */
  readonly place: number;
  readonly x: number;
  /** What the line shows there. */
  readonly shown: number;
  /** What was logged there. */
  readonly logged: number;
}

/** Of each line the point nearest to `x`; lines that end more than `reach` before it, or begin after it, have none. */
export function pointsAt(model: ChartModel, x: number, reach: number): PointAt[] {
  return model.lines.flatMap((line): PointAt[] => {
    const place = nearest(line.prepared.curve, x);
    const point = place < 0 ? undefined : pointOf(line, place);
    if (point === undefined) return [];
    const { curve } = line.prepared;
    const isBeyond = curve.x[0]! - x > reach || x - curve.x[curve.x.length - 1]! > reach;
    return isBeyond ? [] : [point];
  });
}

/** One point of a line. */
export function pointOf(line: ChartLine, place: number): PointAt {
  const { curve, line: drawn } = line.prepared;
  return {
    line,
    place,
    x: curve.x[place]!,
    shown: drawn.curve.y[place]!,
    logged: curve.y[place]!,
  };
}

/** Highest first, as lines lie over each other; NaN comes last. */
export function byValue(one: PointAt, other: PointAt): number {
  if (Number.isNaN(one.shown) || Number.isNaN(other.shown)) {
    return Number(Number.isNaN(one.shown)) - Number(Number.isNaN(other.shown));
  }
  return other.shown === one.shown ? 0 : other.shown - one.shown;
}
