import type { PlacedLine, Point } from './parallelScene';
import type { PlacedRun } from './pointScene';

/** The run whose point is nearest to a place, not farther than `reach` CSS pixels. */
export function nearestPoint(
  points: readonly PlacedRun[],
  { x, y }: Point,
  reach: number,
): PlacedRun | undefined {
  let best: PlacedRun | undefined;
  let shortest = reach;
  for (const point of points) {
    const distance = Math.hypot(point.x - x, point.y - y);
    if (distance > shortest) continue;
    shortest = distance;
    best = point;
  }
  return best;
}

/** The run whose line is nearest to a place; runs that stepped back count only where no other is near. */
export function nearestLine(
  lines: readonly PlacedLine[],
  place: Point,
  reach: number,
): PlacedLine | undefined {
  const find = (isWithin: boolean): PlacedLine | undefined => {
    let best: PlacedLine | undefined;
    let shortest = reach;
    for (const line of lines) {
      if (line.isWithin !== isWithin) continue;
      const distance = distanceToLine(line, place);
      if (distance > shortest) continue;
      shortest = distance;
      best = line;
    }
    return best;
  };
  return find(true) ?? find(false);
}

function distanceToLine({ points }: PlacedLine, place: Point): number {
  return points.reduce((shortest, point, at) => {
    if (!point) return shortest;
    return Math.min(shortest, distanceToPiece(point, points[at + 1] ?? point, place));
  }, Infinity);
}

function distanceToPiece(one: Point, other: Point, place: Point): number {
  const [width, height] = [other.x - one.x, other.y - one.y];
  const length = width ** 2 + height ** 2;
  const along =
    length === 0 ? 0 : ((place.x - one.x) * width + (place.y - one.y) * height) / length;
  const share = Math.max(0, Math.min(1, along));
  return Math.hypot(one.x + share * width - place.x, one.y + share * height - place.y);
}
