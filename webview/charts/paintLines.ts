import type { OddPoint, Points } from './curves';
import { type Projection, projector } from './projection';

/** A line as it is drawn. */
export interface DrawnLine {
  readonly run: string;
  readonly name: string;
  /** Whether it is what was logged, behind a smoothed line. */
  readonly isFaint: boolean;
  readonly points: Points;
  readonly odd: readonly OddPoint[];
  readonly color: string;
  /** Lengths of dashes and gaps in pixels; empty for a full line. */
  readonly dash: readonly number[];
  readonly width: number;
  /** From 0 to 1. */
  readonly opacity: number;
  /** Whether every point gets a dot. */
  readonly dots: boolean;
  /** Between these two lies the spread of a group. */
  readonly band: Band | undefined;
}

/** An area between two lines over the same places. */
export interface Band {
  readonly x: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** What a canvas offers that lines are drawn with. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'closePath'
  | 'arc'
  | 'stroke'
  | 'fill'
  | 'save'
  | 'restore'
  | 'setLineDash'
  | 'strokeStyle'
  | 'fillStyle'
  | 'lineWidth'
  | 'lineJoin'
  | 'lineCap'
  | 'globalAlpha'
>;

/** Beyond this, what is far outside a zoomed picture would overflow the canvas's arithmetic. */
const farOutside = 1e5;

/** Draws lines in their order, each with its band, dots and marks. */
export function paintLines(
  pen: Pen,
  lines: readonly DrawnLine[],
  x: Projection,
  y: Projection,
): void {
  pen.save();
  pen.lineJoin = 'round';
  pen.lineCap = 'round';
  for (const line of lines) {
    pen.globalAlpha = line.opacity;
    pen.strokeStyle = line.color;
    pen.fillStyle = line.color;
    if (line.band) paintBand(pen, line.band, x, y, line.opacity);
    pen.lineWidth = line.width;
    pen.setLineDash([...line.dash]);
    strokePoints(pen, line.points, x, y);
    pen.setLineDash([]);
    if (line.dots) paintDots(pen, line.points, x, y);
    paintOdd(pen, line.odd, x, y);
  }
  pen.restore();
}

function strokePoints(pen: Pen, points: Points, x: Projection, y: Projection): void {
  const toX = projector(x);
  const toY = projector(y);
  pen.beginPath();
  let isDown = false;
  for (let at = 0; at < points.x.length; at++) {
    const value = points.y[at]!;
    if (!Number.isFinite(value)) {
      isDown = false;
      continue;
    }
    const left = toX(points.x[at]!);
    const top = bounded(toY(value));
    if (!isDown) pen.moveTo(left, top);
    // Also for the first point: one without neighbors is seen as a dot then.
    pen.lineTo(left, top);
    isDown = true;
  }
  pen.stroke();
}

function paintDots(pen: Pen, points: Points, x: Projection, y: Projection): void {
  const toX = projector(x);
  const toY = projector(y);
  pen.beginPath();
  for (let at = 0; at < points.x.length; at++) {
    if (!Number.isFinite(points.y[at])) continue;
    const left = toX(points.x[at]!);
    const top = bounded(toY(points.y[at]!));
    pen.moveTo(left + 2.5, top);
    pen.arc(left, top, 2.5, 0, 2 * Math.PI);
  }
  pen.fill();
}

function paintBand(pen: Pen, band: Band, x: Projection, y: Projection, opacity: number): void {
  const toX = projector(x);
  const toY = projector(y);
  pen.globalAlpha = opacity * 0.2;
  pen.beginPath();
  for (let at = 0; at < band.x.length; at++) {
    pen.lineTo(toX(band.x[at]!), bounded(toY(band.high[at]!)));
  }
  for (let at = band.x.length - 1; at >= 0; at--) {
    pen.lineTo(toX(band.x[at]!), bounded(toY(band.low[at]!)));
  }
  pen.closePath();
  pen.fill();
  pen.globalAlpha = opacity;
}

/** A cross at the lower edge for NaN, a triangle at the upper or lower edge for what is infinite. */
function paintOdd(pen: Pen, odd: readonly OddPoint[], x: Projection, y: Projection): void {
  if (odd.length === 0) return;
  const toX = projector(x);
  const bottom = Math.max(y.start, y.end);
  const top = Math.min(y.start, y.end);
  pen.lineWidth = 1.5;
  pen.beginPath();
  for (const { x: at, kind } of odd) {
    if (kind !== 'nan') continue;
    const left = toX(at);
    pen.moveTo(left - 3, bottom - 8);
    pen.lineTo(left + 3, bottom - 2);
    pen.moveTo(left + 3, bottom - 8);
    pen.lineTo(left - 3, bottom - 2);
  }
  pen.stroke();
  pen.beginPath();
  for (const { x: at, kind } of odd) {
    if (kind === 'nan') continue;
    const left = toX(at);
    const [tip, base] = kind === 'high' ? [top + 1, top + 8] : [bottom - 1, bottom - 8];
    pen.moveTo(left, tip);
    pen.lineTo(left - 4, base);
    pen.lineTo(left + 4, base);
    pen.closePath();
  }
  pen.fill();
}

function bounded(pixel: number): number {
  return Math.max(-farOutside, Math.min(farOutside, pixel));
}
