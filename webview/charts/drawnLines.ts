import type { ChartLine, ChartModel } from './chartModel';
import { oddPointsIn, pointsIn } from './curves';
import type { DrawnLine } from './paintLines';
import { padded, type Range, type Scale, union } from './range';

/** What decides which points of a chart's lines are drawn, and how. */
export interface View {
  /** The part of the horizontal axis that is seen. */
  readonly window: Range;
  readonly scaleX: Scale;
  /** How many columns of pixels there are. */
  readonly columns: number;
  readonly highlighted: string | undefined;
}

/** So many points can be drawn on every frame while a picture moves. */
const pointsOfFrame = 12_000;
const fewestColumns = 24;

/** How many columns to draw a moving picture in, where all of them would take too long. */
export function movingColumns(columns: number, lines: number): number {
  const affordable = Math.floor(pointsOfFrame / 4 / Math.max(1, lines));
  return Math.max(Math.min(fewestColumns, columns), Math.min(columns, affordable));
}

/** A line to draw: what the chart is about, or what was logged, faintly behind it. */
export interface LinePart {
  readonly line: ChartLine;
  readonly isFaint: boolean;
}

/** What there is to draw, from back to front. */
export function lineParts({ lines }: ChartModel): LinePart[] {
  const faint = lines.filter(({ prepared }) => prepared.faint !== undefined);
  return [
    ...faint.map((line) => ({ line, isFaint: true })),
    ...lines.map((line) => ({ line, isFaint: false })),
  ];
}

/** How many points it takes to draw everything, at most. */
export function mostPoints(model: ChartModel, columns: number): number {
  let sum = 0;
  for (const { prepared } of model.lines) {
    sum += Math.min(prepared.curve.x.length, 4 * columns) * (prepared.faint ? 2 : 1);
  }
  return sum;
}

/** The points of all lines that draw them in this view, from back to front, the highlighted one last. */
export function drawnLines(model: ChartModel, view: View): DrawnLine[] {
  const dots = model.lines.length <= 20;
  return lineParts(model)
    .map((part) => drawnLine(part, view, dots))
    .sort((one, other) => one.width - other.width);
}

/** The points of one line that draw it in this view; every point gets a dot if they are few and `dots` is set. */
export function drawnLine({ line, isFaint }: LinePart, view: View, dots: boolean): DrawnLine {
  const { prepared, band } = line;
  const { window, columns, scaleX } = view;
  const style = styleOf(line, view);
  if (isFaint) {
    const points = pointsIn(prepared.faint ?? prepared.line, window, columns, scaleX);
    return { ...style, isFaint, points, width: 1, opacity: 0.25 * style.opacity, dash: [] };
  }
  const points = pointsIn(prepared.line, window, columns, scaleX);
  const odd = oddPointsIn(prepared, window, columns, scaleX);
  return { ...style, points, odd, dots: dots && points.x.length <= 60, band };
}

function styleOf(line: ChartLine, { highlighted }: View): DrawnLine {
  const isHighlighted = line.id === highlighted;
  return {
    run: line.id,
    name: line.name,
    isFaint: false,
    points: { x: new Float64Array(), y: new Float64Array() },
    odd: [],
    color: line.style.color,
    dash: line.style.dash,
    width: isHighlighted ? 2.5 : 1.5,
    opacity: highlighted === undefined || isHighlighted ? 1 : 0.25,
    dots: false,
    band: undefined,
  };
}

/** What the vertical axis has to reach: every finite value that is seen, with a little room. */
export function heightOf(model: ChartModel, window: Range, scale: Scale): Range {
  let reached: Range | undefined;
  for (const { prepared, band } of model.lines) {
    for (const line of [prepared.line, prepared.faint]) {
      const found = line?.range(window.min, window.max);
      if (line === undefined || found === undefined) continue;
      const { y } = line.curve;
      reached = union(reached, { min: y[found.lowest]!, max: y[found.highest]! });
    }
    if (band !== undefined && scale === 'linear') reached = union(reached, bandRange(band, window));
  }
  return padded(
    reached ?? (scale === 'log' ? { min: 0.1, max: 10 } : { min: 0, max: 1 }),
    0.05,
    scale,
  );
}

function bandRange(
  { x, low, high }: { x: Float64Array; low: Float64Array; high: Float64Array },
  window: Range,
): Range | undefined {
  let reached: Range | undefined;
  for (let at = 0; at < x.length; at++) {
    if (x[at]! < window.min || x[at]! > window.max) continue;
    reached = union(reached, { min: low[at]!, max: high[at]! });
  }
  return reached;
}
