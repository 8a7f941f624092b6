import type { Position, Shape } from './geoJson';

/**
 * Lets lines that cross 180° go on beyond it instead of round the earth: of two neighbours the second is moved by whole turns so that
 * it is at most half a turn away. Positions then lie beyond ±180.
 */
export function unwrapped(line: readonly Position[]): readonly Position[] {
  let before: number | undefined;
  let isSame = true;
  const moved = line.map(([x, y]): Position => {
    const turns = before === undefined ? 0 : Math.round((before - x) / 360);
    const at = x + turns * 360;
    if (turns !== 0) isSame = false;
    before = at;
    return [at, y];
  });
  return isSame ? line : moved;
}

/** The same for all lines and rings of a shape; holes go where their polygon is. */
export function unwrappedShape(shape: Shape): Shape {
  switch (shape.kind) {
    case 'points':
      return shape;
    case 'lines':
      return { kind: 'lines', lines: shape.lines.map(unwrapped) };
    case 'polygons':
      return { kind: 'polygons', polygons: shape.polygons.map(unwrappedRings) };
  }
}

function unwrappedRings(rings: readonly (readonly Position[])[]): readonly (readonly Position[])[] {
  const [outer = [], ...holes] = rings.map(unwrapped);
  const middle = middleOf(outer);
  return [
    outer,
    ...holes.map((hole) => {
      const turns = Math.round((middle - middleOf(hole)) / 360) * 360;
      return turns === 0 ? hole : hole.map(([x, y]): Position => [x + turns, y]);
    }),
  ];
}

function middleOf(line: readonly Position[]): number {
  let least = Infinity;
  let most = -Infinity;
  for (const [x] of line) {
    least = Math.min(least, x);
    most = Math.max(most, x);
  }
  return least > most ? 0 : (least + most) / 2;
}
