import { Chart, DatasetController } from 'chart.js';

import type { LinesLayer } from './chart';
import { type DrawnLine, paintLines } from './paintLines';
import type { Range, Scale } from './range';

/** The one dataset of a chart of lines. */
export interface LinesDataset {
  readonly lines: readonly DrawnLine[];
  readonly layer: LinesLayer | undefined;
  /** How far lines may reach beyond the axes, in pixels. */
  readonly clip: number;
  readonly windows: { readonly x: Range; readonly y: Range };
}

declare module 'chart.js' {
  interface ChartTypeRegistry {
    lines: {
      chartOptions: object;
      datasetOptions: LinesDataset;
      defaultDataPoint: never;
      metaExtensions: object;
      parsedDataType: { x: number; y: number };
      scales: 'linear' | 'logarithmic';
    };
  }
}

/**
 * A chart type of our own: all lines of a chart are one dataset of prepared columns. Chart.js's own line makes an object of
 * every point and every line and works out options for each of them, on every frame; this draws from the columns. Axes, grid
 * and layout are Chart.js's.
 */
class LinesController extends DatasetController<'lines'> {
  static readonly id = 'lines';
  // Chart.js wants some element to be named; none is made.
  static readonly defaults = { dataElementType: 'bar' };
  static readonly overrides = { scales: { x: { type: 'linear' }, y: { type: 'linear' } } };

  override buildOrUpdateElements(): void {
    // There are no elements.
  }

  override draw(): void {
    const { ctx, chartArea: area, scales } = this.chart;
    const { lines, layer, windows } = this.getDataset() as unknown as LinesDataset;
    if (layer !== undefined) {
      ctx.globalAlpha = layer.opacity;
      ctx.drawImage(layer.canvas, 0, 0, this.chart.width, this.chart.height);
      ctx.globalAlpha = 1;
    }
    const scaleOf = (id: 'x' | 'y'): Scale =>
      scales[id]?.type === 'logarithmic' ? 'log' : 'linear';
    paintLines(
      ctx,
      lines,
      { window: windows.x, scale: scaleOf('x'), start: area.left, end: area.right },
      { window: windows.y, scale: scaleOf('y'), start: area.bottom, end: area.top },
    );
  }
}

/** Makes the chart type `lines` known to Chart.js. */
export function registerLines(): void {
  Chart.register(LinesController);
}
