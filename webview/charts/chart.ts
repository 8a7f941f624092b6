import type { ChartConfiguration } from 'chart.js';

import { formatShort, toOneLine } from '../../src/mlflow/format';
import { type AxisUnit, type Tick, timeTicks } from './axisTicks';
import type { Ink } from './ink';
import type { DrawnLine } from './paintLines';
import type { Range, Scale } from './range';

/** An axis as it is drawn. */
export interface AxisSpec {
  readonly title: string;
  readonly window: Range;
  readonly scale: Scale;
  readonly unit: AxisUnit;
}

/** Lines over two axes. */
export interface LineSpec {
  readonly kind: 'line';
  readonly x: AxisSpec;
  readonly y: AxisSpec;
  readonly lines: readonly DrawnLine[];
  /** A finished picture of other lines, behind these. */
  readonly layer?: LinesLayer | undefined;
}

/** Lines as they were drawn before. */
export interface LinesLayer {
  readonly canvas: HTMLCanvasElement;
  /** From 0 to 1. */
  readonly opacity: number;
}

/** A bar of one run. */
export interface Bar {
  readonly run: string;
  readonly name: string;
  readonly value: number;
  readonly color: string;
  readonly opacity: number;
}

/** The latest values of runs that logged one point each. */
export interface BarSpec {
  readonly kind: 'bar';
  readonly y: AxisSpec;
  readonly bars: readonly Bar[];
}

/** What a chart shows. */
export type ChartSpec = LineSpec | BarSpec;

/** Room for labels: the same everywhere and always, so that nothing moves while zooming. */
const labelWidth = 54;
const labelHeight = 22;

type Configuration = ChartConfiguration<'lines'> | ChartConfiguration<'bar'>;

/** What Chart.js is to draw: prepared columns, nothing to parse, nothing that moves by itself. */
export function chartConfiguration(spec: ChartSpec, ink: Ink, locale: string): Configuration {
  return spec.kind === 'line' ? lineConfiguration(spec, ink, locale) : barConfiguration(spec, ink);
}

const still = {
  parsing: false as const,
  normalized: true,
  animation: false as const,
  responsive: false,
  maintainAspectRatio: false,
  events: [],
  layout: { padding: { top: 8, right: 10, bottom: 0, left: 0 } },
};

function lineConfiguration(spec: LineSpec, ink: Ink, locale: string): ChartConfiguration<'lines'> {
  const { x, y, lines, layer } = spec;
  return {
    type: 'lines',
    data: {
      datasets: [{ data: [], clip: 3, lines, layer, windows: { x: x.window, y: y.window } }],
    },
    options: {
      ...still,
      scales: {
        x: { ...horizontalAxis(x, ink, locale), ...fixedHeight },
        y: { ...valueAxis(y, ink), ...fixedWidth },
      },
    },
  };
}

const fixedHeight = { afterFit: (axis: { height: number }) => void (axis.height = labelHeight) };
const fixedWidth = { afterFit: (axis: { width: number }) => void (axis.width = labelWidth) };

function valueAxis({ window, scale }: AxisSpec, ink: Ink) {
  const isLog = scale === 'log';
  return {
    type: isLog ? ('logarithmic' as const) : ('linear' as const),
    min: window.min,
    max: window.max,
    border: { color: ink.faint },
    grid: { color: ink.grid, tickLength: 4 },
    ticks: {
      ...labels(ink),
      includeBounds: false,
      maxRotation: 0,
      autoSkipPadding: 12,
      maxTicksLimit: 7,
      callback: (value: number | string) =>
        isLog ? decade(Number(value)) : formatShort(Number(value)),
    },
  };
}

function labels(ink: Ink) {
  return { color: ink.muted, font: { family: ink.font, size: 11 } };
}

/** A label for powers of ten, and for twice and five times them; Chart.js leaves out what has no room. */
function decade(value: number): string {
  const digit = value / 10 ** Math.floor(Math.log10(value) + 1e-9);
  return [1, 2, 5].some((one) => Math.abs(digit - one) < 1e-6) ? formatShort(value) : '';
}

/** Round times and durations instead of round numbers of milliseconds. */
function horizontalAxis(spec: AxisSpec, ink: Ink, locale: string) {
  const axis = valueAxis(spec, ink);
  if (spec.unit === 'number' || spec.scale === 'log') return axis;
  return {
    ...axis,
    afterBuildTicks: (built: { min: number; max: number; width: number; ticks: unknown[] }) => {
      const most = Math.max(2, Math.floor(built.width / 90));
      built.ticks = timeTicks(built, most, spec.unit, locale);
    },
    ticks: {
      ...axis.ticks,
      callback: (_value: number | string, at: number, ticks: readonly object[]) =>
        (ticks[at] as Tick | undefined)?.label ?? '',
    },
  };
}

function barConfiguration({ y, bars }: BarSpec, ink: Ink): ChartConfiguration<'bar'> {
  return {
    type: 'bar',
    data: {
      labels: bars.map(({ name }) => toOneLine(name, 24)),
      datasets: [
        {
          // Chart.js's types know only numbers here; with `parsing: false` it takes points.
          data: bars.map(({ value }, at) => ({ x: value, y: at })) as unknown as number[],
          backgroundColor: bars.map(({ color }) => color),
          indexAxis: 'y',
          barPercentage: 0.9,
          categoryPercentage: 0.9,
          maxBarThickness: 22,
        },
      ],
    },
    options: {
      ...still,
      indexAxis: 'y',
      scales: {
        x: { ...valueAxis(y, ink), ...fixedHeight },
        y: {
          type: 'category',
          grid: { display: false },
          border: { color: ink.faint },
          ticks: { ...labels(ink), autoSkip: true },
        },
      },
    },
  };
}
