import { contours } from 'd3-contour';
import type { Sample } from './interpolate';
import { interpolate } from './interpolate';
import type { Box } from './plotBox';

/** Where values reach at least a level, as an SVG path. */
export interface Band {
  /** From 1, below {@link bandCount}; level 0 is everywhere. */
  readonly level: number;
  readonly path: string;
}

/** How many colors stand for the values from 0 to 1. */
export const bandCount = 10;

const columns = 72;
const rows = 48;

/** The bands between samples, whose values lie between 0 and 1, drawn into a box where `y` grows upwards. */
export function bandsOf(samples: readonly Sample[], box: Box): readonly Band[] {
  if (samples.length === 0) return [];
  const grid = interpolate(
    thinned(samples).map(({ x, y, value }) => ({ x, y: 1 - y, value })),
    columns,
    rows,
  );
  const levels = Array.from({ length: bandCount - 1 }, (_, at) => at + 1);
  const found = contours()
    .size([columns, rows])
    .thresholds(levels.map((level) => level / bandCount))([...grid]);
  return found.flatMap(({ coordinates }, at) => {
    const path = coordinates.flat().map((ring) => ringPath(ring, box));
    return path.length > 0 ? { level: levels[at] ?? 0, path: path.join('') } : [];
  });
}

/** More samples than these are put together where they are close, since each of them bears on every cell. */
const mostSamples = 1000;

/** The means of samples within cells of half the resolution, where there are many. */
function thinned(samples: readonly Sample[]): readonly Sample[] {
  if (samples.length <= mostSamples) return samples;
  const cells = new Map<number, { count: number; x: number; y: number; value: number }>();
  for (const { x, y, value } of samples) {
    const cell = Math.floor(x * (columns / 2)) * rows + Math.floor(y * (rows / 2));
    const sum = cells.get(cell) ?? { count: 0, x: 0, y: 0, value: 0 };
    cells.set(cell, {
      count: sum.count + 1,
      x: sum.x + x,
      y: sum.y + y,
      value: sum.value + value,
    });
  }
  return Array.from(cells.values(), ({ count, x, y, value }) => ({
    x: x / count,
    y: y / count,
    value: value / count,
  }));
}

function ringPath(ring: readonly (readonly number[])[], box: Box): string {
  const points = ring.map(([x = 0, y = 0]) => {
    const left = box.left + (x / columns) * box.width;
    const top = box.top + (y / rows) * box.height;
    return `${left.toFixed(1)},${top.toFixed(1)}`;
  });
  return `M${points.join('L')}Z`;
}
