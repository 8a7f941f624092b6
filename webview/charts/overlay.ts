import type { ChartArea } from 'chart.js';

import type { PointAt } from './chartScene';
import type { Ink } from './ink';
import { project, type Projections, projector } from './projection';

/** What lies over the lines of a chart: it changes with every move of the pointer, so the lines are left alone. */
export interface OverlayState {
  /** Where the crosshair is on the horizontal axis, in all charts. */
  readonly x: number | undefined;
  readonly points: readonly PointAt[];
  /** The point that the keyboard is at. */
  readonly focused: PointAt | undefined;
  /** What is being drawn up for a zoom, in pixels. */
  readonly selection: Selection | undefined;
}

/** A part of a picture, in pixels. */
export interface Selection {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** More dots than this would hide what they are on. */
const mostDots = 40;

/** Draws what lies over the lines, on a canvas that covers them. */
export function paintOverlay(
  pen: CanvasRenderingContext2D,
  { x, points, focused, selection }: OverlayState,
  { area, projections, ink }: { area: ChartArea; projections: Projections; ink: Ink },
): void {
  pen.clearRect(0, 0, pen.canvas.width, pen.canvas.height);
  pen.save();
  pen.scale(devicePixelRatio, devicePixelRatio);
  if (x !== undefined) paintCrosshair(pen, project(x, projections.x), area, ink);
  if (points.length <= mostDots) points.forEach((point) => paintDot(pen, point, projections, ink));
  if (focused !== undefined) paintFocus(pen, focused, projections, ink);
  if (selection !== undefined) paintSelection(pen, selection, ink);
  pen.restore();
}

function paintCrosshair(
  pen: CanvasRenderingContext2D,
  left: number,
  area: ChartArea,
  ink: Ink,
): void {
  if (left < area.left - 1 || left > area.right + 1) return;
  pen.strokeStyle = ink.crosshair;
  pen.globalAlpha = 0.6;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(Math.round(left) + 0.5, area.top);
  pen.lineTo(Math.round(left) + 0.5, area.bottom);
  pen.stroke();
  pen.globalAlpha = 1;
}

function paintDot(
  pen: CanvasRenderingContext2D,
  point: PointAt,
  projections: Projections,
  ink: Ink,
): void {
  if (!Number.isFinite(point.shown)) return;
  pen.fillStyle = point.line.style.color;
  pen.strokeStyle = ink.background;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.arc(...placeOf(point, projections), 3.5, 0, 2 * Math.PI);
  pen.fill();
  pen.stroke();
}

function paintFocus(
  pen: CanvasRenderingContext2D,
  point: PointAt,
  projections: Projections,
  ink: Ink,
): void {
  const [left, top] = placeOf(point, projections);
  const isFinite = Number.isFinite(top);
  pen.strokeStyle = ink.crosshair;
  pen.lineWidth = 2;
  pen.beginPath();
  pen.arc(left, isFinite ? top : projections.y.start - 5, 7, 0, 2 * Math.PI);
  pen.stroke();
}

function placeOf(point: PointAt, projections: Projections): [number, number] {
  return [projector(projections.x)(point.x), projector(projections.y)(point.shown)];
}

function paintSelection(pen: CanvasRenderingContext2D, selection: Selection, ink: Ink): void {
  const { left, right, top, bottom } = selection;
  pen.fillStyle = ink.crosshair;
  pen.globalAlpha = 0.15;
  pen.fillRect(left, top, right - left, bottom - top);
  pen.globalAlpha = 0.8;
  pen.strokeStyle = ink.crosshair;
  pen.lineWidth = 1;
  pen.strokeRect(left + 0.5, top + 0.5, right - left - 1, bottom - top - 1);
  pen.globalAlpha = 1;
}
