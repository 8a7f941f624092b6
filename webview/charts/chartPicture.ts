import type { ChartArea } from 'chart.js';

import type { ChartSpec } from './chart';
import type { Ink } from './ink';
import type { PlacedTick } from './plot';

/** A chart as it is drawn, to be made a file of. */
export interface ChartPicture {
  readonly title: string;
  readonly spec: ChartSpec;
  readonly area: ChartArea;
  readonly ticks: { readonly x: readonly PlacedTick[]; readonly y: readonly PlacedTick[] };
  /** The size of the picture with its axes, in CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly ink: Ink;
}

/** Room above and round the picture in a file. */
export const titleHeight = 30;
export const margin = 12;
