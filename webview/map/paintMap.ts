import type { Position, Shape } from './geoJson';
import { degreesText, graticuleLines, graticuleStep } from './graticule';
import { toDegrees } from './mapView';
import type { Bounds, MapView, Size } from './mapView';

/** A feature that is drawn, with what is known of its place. */
export interface DrawnFeature {
  readonly shapes: readonly Shape[];
  readonly bounds: Bounds | undefined;
}

export interface MapColors {
  readonly shape: string;
  readonly selected: string;
  readonly line: string;
  readonly text: string;
  readonly background: string;
  readonly font: string;
}

const pointRadius = 4;

/** Draws what is seen of the map; neighbours that fall on the same pixel are drawn once. */
export function paintMap(
  context: CanvasRenderingContext2D,
  features: readonly DrawnFeature[],
  selected: number | undefined,
  view: MapView,
  size: Size,
  colors: MapColors,
): void {
  context.clearRect(0, 0, size.width, size.height);
  paintGraticule(context, view, size, colors);
  const seen = seenBounds(view, size);
  context.fillStyle = colors.shape;
  context.strokeStyle = colors.shape;
  context.lineWidth = 1.5;
  features.forEach(({ shapes, bounds }, at) => {
    if (at !== selected && meets(bounds, seen))
      paintShapes(context, shapes, view, size, pointRadius);
  });
  const chosen = selected === undefined ? undefined : features[selected];
  if (chosen === undefined) return;
  context.fillStyle = colors.selected;
  context.strokeStyle = colors.selected;
  context.lineWidth = 3;
  paintShapes(context, chosen.shapes, view, size, pointRadius + 2);
}

export function seenBounds(view: MapView, size: Size): Bounds {
  const [west, north] = toDegrees(view, size, [0, 0]);
  const [east, south] = toDegrees(view, size, [size.width, size.height]);
  return { west, south, east, north };
}

function meets(bounds: Bounds | undefined, seen: Bounds): boolean {
  return (
    bounds !== undefined &&
    bounds.west <= seen.east &&
    bounds.east >= seen.west &&
    bounds.south <= seen.north &&
    bounds.north >= seen.south
  );
}

function paintShapes(
  context: CanvasRenderingContext2D,
  shapes: readonly Shape[],
  view: MapView,
  size: Size,
  radius: number,
): void {
  for (const shape of shapes) {
    if (shape.kind === 'points') paintPoints(context, shape.points, view, size, radius);
    else {
      context.beginPath();
      const isClosed = shape.kind === 'polygons';
      const lines = isClosed ? shape.polygons.flat() : shape.lines;
      for (const line of lines) trace(context, line, view, size, isClosed);
      if (isClosed) {
        context.globalAlpha = 0.25;
        context.fill('evenodd');
        context.globalAlpha = 1;
      }
      context.stroke();
    }
  }
}

function paintPoints(
  context: CanvasRenderingContext2D,
  points: readonly Position[],
  { x, y, scale }: MapView,
  { width, height }: Size,
  radius: number,
): void {
  const taken = new Set<number>();
  context.beginPath();
  for (const [lon, lat] of points) {
    const px = width / 2 + (lon - x) * scale;
    const py = height / 2 - (lat - y) * scale;
    if (px < -radius || py < -radius || px > width + radius || py > height + radius) continue;
    const pixel = Math.round(px) * 100_000 + Math.round(py);
    if (taken.has(pixel)) continue;
    taken.add(pixel);
    context.moveTo(px + radius, py);
    context.arc(px, py, radius, 0, 2 * Math.PI);
  }
  context.fill();
}

function trace(
  context: CanvasRenderingContext2D,
  line: readonly Position[],
  { x, y, scale }: MapView,
  { width, height }: Size,
  isClosed: boolean,
): void {
  let lastX = NaN;
  let lastY = NaN;
  const end = line.length - 1;
  line.forEach(([lon, lat], at) => {
    const px = width / 2 + (lon - x) * scale;
    const py = height / 2 - (lat - y) * scale;
    if (at === 0) context.moveTo(px, py);
    else if (at === end || Math.abs(px - lastX) >= 0.5 || Math.abs(py - lastY) >= 0.5)
      context.lineTo(px, py);
    else return;
    lastX = px;
    lastY = py;
  });
  if (isClosed && end > 0) context.closePath();
}

function paintGraticule(
  context: CanvasRenderingContext2D,
  view: MapView,
  size: Size,
  colors: MapColors,
): void {
  const { west, south, east, north } = seenBounds(view, size);
  const step = graticuleStep(view.scale);
  context.strokeStyle = colors.line;
  context.lineWidth = 1;
  context.fillStyle = colors.text;
  context.font = colors.font;
  const top = Math.max(0, size.height / 2 - (90 - view.y) * view.scale);
  const bottom = Math.min(size.height, size.height / 2 - (-90 - view.y) * view.scale);
  context.beginPath();
  for (const lon of graticuleLines(west, east, step)) {
    const px = Math.round(size.width / 2 + (lon - view.x) * view.scale) + 0.5;
    context.moveTo(px, top);
    context.lineTo(px, bottom);
    context.fillText(degreesText(lon, 'lon', step), px + 3, Math.max(12, top + 12));
  }
  for (const lat of graticuleLines(Math.max(-90, south), Math.min(90, north), step)) {
    const py = Math.round(size.height / 2 - (lat - view.y) * view.scale) + 0.5;
    context.moveTo(0, py);
    context.lineTo(size.width, py);
    context.fillText(degreesText(lat, 'lat', step), 3, py - 3);
  }
  context.stroke();
}
