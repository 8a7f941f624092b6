import type { SeriesData } from '../../src/protocol/comparePage';
import { type AxisCurve, rightOfZero, toCurve, type XAxis } from '../../src/mlflow/series/axis';
import type { Curve } from '../../src/mlflow/series/curve';
import { Pyramid } from '../../src/mlflow/series/pyramid';
import { maxSmoothing, smooth } from '../../src/mlflow/series/smooth';
import type { Range, Scale } from './range';

/** What the curves of a chart are made by. */
export interface CurveChoice {
  readonly axis: XAxis['kind'];
  readonly logX: boolean;
  readonly logY: boolean;
  /** From 0 (as logged) to 1. */
  readonly smoothing: number;
}

/** What a curve is made of. */
export interface CurveSource {
  readonly series: SeriesData;
  /** The metric of the horizontal axis, where that is one. */
  readonly other: SeriesData | undefined;
  /** When the run started, in milliseconds since 1970. */
  readonly start: number | undefined;
}

/** A curve with all that drawing it at any zoom needs; making one takes a while for many points. */
export interface PreparedCurve {
  /** As it was logged, on the axis that was chosen. */
  readonly curve: AxisCurve;
  /** What the line shows: smoothed if wanted, with NaN where a logarithmic axis has no place. */
  readonly line: Pyramid;
  /** As logged, to be drawn faintly behind a smoothed line. */
  readonly faint: Pyramid | undefined;
  /** How many points are at or below 0 on a logarithmic vertical axis. */
  readonly notPositive: number;
}

/** Points to draw, ascending in `x`; a line breaks where `y` is not finite. */
export interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

interface Made {
  source: CurveSource;
  choice: CurveChoice;
  /** Also what is left of zero. */
  whole: AxisCurve;
  prepared: PreparedCurve;
}

/** Makes the curves of one chart, each once for as long as what it is made of stays the same. */
export class CurveMaker {
  private readonly made = new Map<string, Made>();

  curve(run: string, source: CurveSource, choice: CurveChoice): PreparedCurve {
    const before = this.made.get(run);
    const isSame = before !== undefined && isSameSource(before, source, choice);
    if (isSame && isSameLine(before.choice, choice)) return before.prepared;
    const whole = isSame ? before.whole : curveOf(source, choice);
    const prepared = prepare(whole, choice);
    this.made.set(run, { source, choice, whole, prepared });
    return prepared;
  }

  /** Lets go of curves of other runs than these. */
  keepOnly(runs: ReadonlySet<string>): void {
    for (const run of this.made.keys()) if (!runs.has(run)) this.made.delete(run);
  }
}

function isSameSource(before: Made, source: CurveSource, choice: CurveChoice): boolean {
  return (
    before.source.series === source.series &&
    before.source.other === source.other &&
    before.source.start === source.start &&
    before.choice.axis === choice.axis
  );
}

function isSameLine(before: CurveChoice, choice: CurveChoice): boolean {
  return (
    before.logX === choice.logX &&
    before.logY === choice.logY &&
    before.smoothing === choice.smoothing
  );
}

const noSeries = {
  steps: new Float64Array(),
  timestamps: new Float64Array(),
  values: new Float64Array(),
};

function curveOf({ series, other, start }: CurveSource, { axis }: CurveChoice): AxisCurve {
  switch (axis) {
    case 'metric':
      return toCurve(series, { kind: axis, of: other ?? noSeries });
    case 'relative':
      return toCurve(series, { kind: axis, start });
    default:
      return toCurve(series, { kind: axis });
  }
}

/** What was logged at or left of zero counts for smoothing, though a logarithmic axis does not show it. */
function prepare(whole: AxisCurve, { logX, logY, smoothing }: CurveChoice): PreparedCurve {
  const curve = logX ? rightOfZero(whole) : whole;
  const smoothed = smooth(whole.y, smoothing * maxSmoothing);
  const plain = logY ? positive(curve.y) : { y: curve.y, left: 0 };
  const raw = new Pyramid({ ...curve, y: plain.y });
  if (smoothed === whole.y) {
    return { curve, line: raw, faint: undefined, notPositive: plain.left };
  }
  const shown = smoothed.subarray(whole.y.length - curve.y.length);
  const y = logY ? positive(shown).y : shown;
  return { curve, line: new Pyramid({ ...curve, y }), faint: raw, notPositive: plain.left };
}

/** The same values with NaN for what a logarithmic axis cannot show, and how many these are. */
function positive(values: Float64Array): { y: Float64Array; left: number } {
  let left = 0;
  for (const value of values) if (value <= 0 && Number.isFinite(value)) left++;
  if (left === 0) return { y: values, left };
  return { y: values.map((value) => (value <= 0 && Number.isFinite(value) ? NaN : value)), left };
}

/** From the first to the last place of a curve; `undefined` where it is empty. */
export function extentOf({ x }: Curve): Range | undefined {
  return x.length === 0 ? undefined : { min: x[0]!, max: x[x.length - 1]! };
}

/** The points of a curve that draw it in so many columns of pixels. */
export function pointsIn(line: Pyramid, window: Range, columns: number, scale: Scale): Points {
  const places = line.sample(window.min, window.max, columns, scale);
  const { x, y } = line.curve;
  const points = { x: new Float64Array(places.length), y: new Float64Array(places.length) };
  for (let at = 0; at < places.length; at++) {
    points.x[at] = x[places[at]!]!;
    points.y[at] = y[places[at]!]!;
  }
  return points;
}

/** A NaN or infinite point, to be marked at the edge of the picture. */
export interface OddPoint {
  readonly x: number;
  readonly kind: 'nan' | 'high' | 'low';
}

/** The points as logged that are NaN or infinite, one of each kind for each column of pixels. */
export function oddPointsIn(
  { curve, line, faint }: PreparedCurve,
  window: Range,
  columns: number,
  scale: Scale,
): OddPoint[] {
  const found: OddPoint[] = [];
  for (const place of (faint ?? line).nonFinite(window.min, window.max, columns, scale)) {
    const value = curve.y[place]!;
    if (Number.isFinite(value)) continue;
    const kind = Number.isNaN(value) ? 'nan' : value > 0 ? 'high' : 'low';
    found.push({ x: curve.x[place]!, kind });
  }
  return found;
}
