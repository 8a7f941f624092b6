import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartArea,
  LinearScale,
  LogarithmicScale,
} from 'chart.js';

import { type BarSpec, chartConfiguration, type ChartSpec, type LineSpec } from './chart';
import type { Ink } from './ink';
import { type LinesDataset, registerLines } from './linesController';

Chart.register(BarController, BarElement, CategoryScale, LinearScale, LogarithmicScale);
registerLines();

/** A picture of a chart on a canvas. */
export class Plot {
  private chart: Chart | undefined;
  private made = '';
  private ink: Ink | undefined;

  constructor(
    readonly canvas: HTMLCanvasElement,
    private readonly locale: string,
  ) {}

  /** The picture without axes, in CSS pixels of the canvas. */
  get area(): ChartArea | undefined {
    return this.chart?.chartArea;
  }

  /** In CSS pixels. */
  get size(): { readonly width: number; readonly height: number } {
    const { width = 0, height = 0 } = this.chart ?? {};
    return { width, height };
  }

  /** Draws at this size in CSS pixels. What only moved is not made anew. */
  show(spec: ChartSpec, ink: Ink, width: number, height: number): void {
    const structure = structureOf(spec);
    if (this.chart === undefined || structure !== this.made || ink !== this.ink) {
      this.make(spec, ink, width, height);
      this.made = structure;
      return;
    }
    const { chart } = this;
    if (chart.width !== width || chart.height !== height) chart.resize(width, height);
    if (spec.kind === 'line') moveTo(chart, spec);
    chart.update('none');
  }

  /** The axes' labels as they are drawn, for pictures that are made elsewhere. */
  get ticks(): { x: readonly PlacedTick[]; y: readonly PlacedTick[] } {
    const of = (id: string): PlacedTick[] => {
      const scale = this.chart?.scales[id];
      return (scale?.ticks ?? []).map(({ label, value }, at) => ({
        label: String(label ?? ''),
        pixel: scale?.getPixelForTick(at) ?? value,
      }));
    };
    return { x: of('x'), y: of('y') };
  }

  dispose(): void {
    this.chart?.destroy();
    this.chart = undefined;
    // A canvas without pixels gives its memory back at once.
    this.canvas.width = 0;
    this.canvas.height = 0;
  }

  private make(spec: ChartSpec, ink: Ink, width: number, height: number): void {
    this.chart?.destroy();
    const { canvas } = this;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    canvas.width = width;
    canvas.height = height;
    this.ink = ink;
    this.chart = new Chart(canvas, chartConfiguration(spec, ink, this.locale));
    this.chart.resize(width, height);
  }
}

/** A label of an axis and where it stands, in pixels. */
export interface PlacedTick {
  readonly label: string;
  readonly pixel: number;
}

function structureOf(spec: ChartSpec): string {
  if (spec.kind === 'bar') return barsKey(spec);
  return `line ${spec.x.scale} ${spec.x.unit} ${spec.y.scale}`;
}

function barsKey({ bars, y }: BarSpec): string {
  return JSON.stringify([y.scale, y.window, bars]);
}

function moveTo(chart: Chart, { x, y, lines, layer }: LineSpec): void {
  const dataset = chart.data.datasets[0] as unknown as {
    -readonly [K in keyof LinesDataset]: LinesDataset[K];
  };
  dataset.lines = lines;
  dataset.layer = layer;
  dataset.windows = { x: x.window, y: y.window };
  const scales = chart.options.scales as Record<string, { min?: number; max?: number }>;
  Object.assign(scales['x']!, x.window);
  Object.assign(scales['y']!, y.window);
}
