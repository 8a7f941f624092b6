import type { Position, Shape } from './geoJson';
import type { DrawnFeature } from './paintMap';
import type { MapView } from './mapView';

const reach = 8;

/** The feature at a place: the nearest line or point within some pixels, else the polygon drawn last round it. */
export function featureAt(
  features: readonly DrawnFeature[],
  [lon, lat]: Position,
  { scale }: MapView,
): number | undefined {
  const most = reach / scale;
  let nearest: number | undefined;
  let round: number | undefined;
  let least = most;
  features.forEach(({ shapes, bounds }, at) => {
    if (
      bounds === undefined ||
      lon < bounds.west - most ||
      lon > bounds.east + most ||
      lat < bounds.south - most ||
      lat > bounds.north + most
    )
      return;
    for (const shape of shapes) {
      const distance = distanceTo(shape, [lon, lat]);
      if (distance <= least) {
        least = distance;
        nearest = at;
      }
      if (shape.kind === 'polygons' && shape.polygons.some((rings) => isInside(rings, [lon, lat])))
        round = at;
    }
  });
  return nearest ?? round;
}

function distanceTo(shape: Shape, place: Position): number {
  if (shape.kind === 'points')
    return shape.points.reduce(
      (least, [x, y]) => Math.min(least, Math.hypot(x - place[0], y - place[1])),
      Infinity,
    );
  const lines = shape.kind === 'lines' ? shape.lines : shape.polygons.flat();
  let least = Infinity;
  for (const line of lines)
    for (let at = 1; at < line.length; at++)
      least = Math.min(least, toSegment(place, line[at - 1] ?? place, line[at] ?? place));
  return least;
}

function toSegment([x, y]: Position, [ax, ay]: Position, [bx, by]: Position): number {
  const length = (bx - ax) ** 2 + (by - ay) ** 2;
  const along = length === 0 ? 0 : ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length;
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - share * (bx - ax), y - ay - share * (by - ay));
}

/** By how often a line to the right crosses the rings: odd is inside. */
function isInside(rings: readonly (readonly Position[])[], [x, y]: Position): boolean {
  let inside = false;
  for (const ring of rings)
    for (let at = 0, before = ring.length - 1; at < ring.length; before = at++) {
      const [ax, ay] = ring[at] ?? [0, 0];
      const [bx, by] = ring[before] ?? [0, 0];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  return inside;
}
