import type { Feature, Position } from './geoJson';

/** A part of the plane of degrees, in which longitude and latitude are drawn as they are. */
export interface Bounds {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** What is seen: the degrees in the middle, and pixels for a degree. */
export interface MapView {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const margin = 24;
const mostScale = 5_000_000;
const leastExtent = 0.0005;

/** The least rectangle round all shapes of some features; `undefined` where there are none. */
export function boundsOf(features: readonly Feature[]): Bounds | undefined {
  const bounds = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (const feature of features)
    eachPosition(feature, ([x, y]) => {
      bounds.west = Math.min(bounds.west, x);
      bounds.east = Math.max(bounds.east, x);
      bounds.south = Math.min(bounds.south, y);
      bounds.north = Math.max(bounds.north, y);
    });
  return bounds.west > bounds.east ? undefined : bounds;
}

export function eachPosition({ shapes }: Feature, take: (position: Position) => void): void {
  for (const shape of shapes) {
    const lines =
      shape.kind === 'points'
        ? [shape.points]
        : shape.kind === 'lines'
          ? shape.lines
          : shape.polygons.flat();
    for (const line of lines) for (const position of line) take(position);
  }
}

/** The view that shows all of some bounds. */
export function fittingView({ west, south, east, north }: Bounds, size: Size): MapView {
  const width = Math.max(leastExtent, east - west);
  const height = Math.max(leastExtent, north - south);
  const scale = Math.min(
    Math.max(10, size.width - 2 * margin) / width,
    Math.max(10, size.height - 2 * margin) / height,
  );
  return { x: (west + east) / 2, y: (south + north) / 2, scale };
}

export function toPixel({ x, y, scale }: MapView, size: Size, [lon, lat]: Position): Position {
  return [size.width / 2 + (lon - x) * scale, size.height / 2 - (lat - y) * scale];
}

export function toDegrees({ x, y, scale }: MapView, size: Size, [px, py]: Position): Position {
  return [x + (px - size.width / 2) / scale, y - (py - size.height / 2) / scale];
}

/** Zooms so that what is at a pixel stays there. */
export function zoomedAt(view: MapView, factor: number, pixel: Position, size: Size): MapView {
  const least = Math.min(size.width / 720, size.height / 360) / 2;
  const scale = Math.min(mostScale, Math.max(least, view.scale * factor));
  const [lon, lat] = toDegrees(view, size, pixel);
  const ratio = view.scale / scale;
  return { scale, x: lon + (view.x - lon) * ratio, y: lat + (view.y - lat) * ratio };
}

/** Moves the map by pixels. */
export function panned({ x, y, scale }: MapView, [right, down]: Position): MapView {
  return {
    scale,
    x: Math.max(-540, Math.min(540, x - right / scale)),
    y: Math.max(-90, Math.min(90, y + down / scale)),
  };
}

/** What a key does to the view; `undefined` for keys that mean nothing. */
export function movedByKey(key: string, view: MapView, size: Size): MapView | undefined {
  const step = Math.min(size.width, size.height) / 8;
  const middle: Position = [size.width / 2, size.height / 2];
  switch (key) {
    case '+':
    case '=':
      return zoomedAt(view, 1.5, middle, size);
    case '-':
      return zoomedAt(view, 1 / 1.5, middle, size);
    case 'ArrowLeft':
      return panned(view, [step, 0]);
    case 'ArrowRight':
      return panned(view, [-step, 0]);
    case 'ArrowUp':
      return panned(view, [0, step]);
    case 'ArrowDown':
      return panned(view, [0, -step]);
    default:
      return undefined;
  }
}
