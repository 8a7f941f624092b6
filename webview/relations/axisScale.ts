import { formatShort, toOneLine } from '../../src/mlflow/format';
import type { Column } from './column';
import type { Division } from './spec';
import { labelTicks, linearTicks, logTicks } from './ticks';

/** A mark on an axis. */
export interface Tick {
  /** Where, from 0 at the start to 1 at the end. */
  readonly at: number;
  readonly label: string;
}

/** An axis of numbers or labels, from 0 at its start to 1 at its end. */
export interface AxisScale {
  readonly kind: Division | 'labels';
  readonly ticks: readonly Tick[];
  /** How many runs a logarithmic axis cannot show, since their values are zero or below. */
  readonly notPositive: number;
  /** NaN for what has no place on the axis. */
  place(value: number): number;
  valueAt(place: number): number;
}

export interface ScaleOptions {
  readonly division?: Division | undefined;
  /** How much of the axis stays free at each end. */
  readonly margin: number;
  /** How many marks there is room for. */
  readonly ticks: number;
}

/** From this ratio of largest to smallest value, a param is laid out logarithmically by itself. */
const wideRatio = 100;

/** Lays out the values of a column. */
export function axisScale(column: Column, options: ScaleOptions): AxisScale {
  if (column.labels) return labelScale(column.labels, options);
  const values = column.values.filter((value) => !Number.isNaN(value));
  const isLog = (options.division ?? usualDivision(column.field.of, values)) === 'log';
  const shown = isLog ? values.filter((value) => value > 0) : values;
  const notPositive = values.length - shown.length;
  return { ...numberScale(shown, isLog, options), notPositive };
}

/** Params such as learning rates are often chosen by powers of ten; metrics are what people expect to be linear. */
function usualDivision(of: 'param' | 'metric', values: Float64Array): Division {
  const min = values.reduce((low, value) => Math.min(low, value), Infinity);
  const max = values.reduce((high, value) => Math.max(high, value), -Infinity);
  return of === 'param' && min > 0 && max / min >= wideRatio ? 'log' : 'linear';
}

function labelScale(labels: readonly string[], { margin, ticks }: ScaleOptions): AxisScale {
  const last = labels.length - 1;
  const room = 1 - 2 * margin;
  const place = (value: number): number =>
    last === 0 ? value + 0.5 : margin + (value / last) * room;
  return {
    kind: 'labels',
    notPositive: 0,
    place,
    valueAt: (at) => (last <= 0 ? at - 0.5 : ((at - margin) / room) * last),
    ticks: labelTicks(labels.length, ticks).map((value) => ({
      at: place(value),
      label: toOneLine(labels[value] ?? '', 40),
    })),
  };
}

function numberScale(
  values: Float64Array,
  isLog: boolean,
  { margin, ticks }: ScaleOptions,
): Omit<AxisScale, 'notPositive'> {
  const even = (value: number): number => (isLog ? Math.log10(value) : value);
  const back = (value: number): number => (isLog ? 10 ** value : value);
  const { min, max } = rangeOf(values, isLog);
  const [low, high] = [even(min), even(max)];
  // By halves: the difference of two large numbers may be infinite.
  const half = high / 2 - low / 2;
  const room = 1 - 2 * margin;
  const place = (value: number): number =>
    isLog && !(value > 0) ? NaN : margin + ((even(value) / 2 - low / 2) / half) * room;
  const marks = isLog ? logTicks(min, max, ticks) : linearTicks(min, max, ticks);
  return {
    kind: isLog ? 'log' : 'linear',
    place,
    valueAt: (at) => {
      const share = (at - margin) / room;
      return back(low * (1 - share) + high * share);
    },
    ticks: marks.map((value) => ({ at: place(value), label: formatShort(value) })),
  };
}

/** The least and the largest value, a little apart where they are the same. */
function rangeOf(values: Float64Array, isLog: boolean): { min: number; max: number } {
  if (values.length === 0) return isLog ? { min: 1, max: 10 } : { min: 0, max: 1 };
  const min = values.reduce((low, value) => Math.min(low, value));
  const max = values.reduce((high, value) => Math.max(high, value));
  if (min < max) return { min, max };
  const largest = Number.MAX_VALUE;
  if (isLog) return { min: min / 2, max: Math.min(max * 2, largest) };
  const apart = Math.abs(min) * 0.05 || 1;
  return { min: Math.max(min - apart, -largest), max: Math.min(max + apart, largest) };
}
