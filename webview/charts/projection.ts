import type { ChartArea } from 'chart.js';

import type { LineSpec } from './chart';
import type { Range, Scale } from './range';

/** Where values land on a picture, in pixels. */
export interface Projection {
  readonly window: Range;
  readonly scale: Scale;
  /** Where the window begins and ends. */
  readonly start: number;
  readonly end: number;
}

/** Where values land in a picture. */
export interface Projections {
  readonly x: Projection;
  readonly y: Projection;
}

/** The pixel of a value; for many values, {@link projector} is faster. */
export function project(value: number, projection: Projection): number {
  return projector(projection)(value);
}

/** A function that finds the pixel of a value. */
export function projector({ window, scale, start, end }: Projection): (value: number) => number {
  const isLog = scale === 'log';
  const min = isLog ? Math.log10(window.min) : window.min;
  const max = isLog ? Math.log10(window.max) : window.max;
  const factor = (end - start) / (max - min);
  return isLog
    ? (value) => start + (Math.log10(value) - min) * factor
    : (value) => start + (value - min) * factor;
}

/** Where values of a spec land in an area. */
export function projectionsOf(spec: LineSpec, area: ChartArea): Projections {
  return {
    x: { window: spec.x.window, scale: spec.x.scale, start: area.left, end: area.right },
    y: { window: spec.y.window, scale: spec.y.scale, start: area.bottom, end: area.top },
  };
}
