import { formatShort } from '../../src/mlflow/format';
import type { Range } from './range';

/** What the numbers of a horizontal axis are. */
export type AxisUnit = 'number' | 'duration' | 'time';

/** A place on an axis with its label. */
export interface Tick {
  readonly value: number;
  readonly label: string;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const durations = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map((count) => count * day),
];

/** Round places on an axis of durations or times in milliseconds, at most `most` of them. */
export function timeTicks(range: Range, most: number, unit: AxisUnit, locale: string): Tick[] {
  const length = range.max - range.min;
  const step =
    durations.find((one) => length / one <= most) ?? day * Math.ceil(length / day / most);
  // Days begin where the person is, not where 1970 did.
  const offset = unit === 'time' ? -new Date(range.min).getTimezoneOffset() * minute : 0;
  const ticks: Tick[] = [];
  const first = Math.ceil((range.min + offset) / step) * step - offset;
  for (let value = first; value <= range.max && ticks.length <= most; value += step) {
    ticks.push({ value, label: tickLabel(value, step, unit, locale) });
  }
  return ticks;
}

function tickLabel(value: number, step: number, unit: AxisUnit, locale: string): string {
  return unit === 'time' ? timeLabel(value, step, locale) : durationLabel(value, step);
}

function timeLabel(value: number, step: number, locale: string): string {
  if (step >= day) return formatter(locale, { month: 'short', day: 'numeric' }).format(value);
  if (step >= minute)
    return formatter(locale, { hour: '2-digit', minute: '2-digit' }).format(value);
  return formatter(locale, {
    minute: '2-digit',
    second: '2-digit',
    ...(step < second && { fractionalSecondDigits: 3 }),
  }).format(value);
}

function durationLabel(value: number, step: number): string {
  if (value === 0) return '0';
  if (step >= day) return `${formatShort(value / day)}d`;
  if (step >= hour) return `${formatShort(value / hour)}h`;
  if (step >= minute) return `${formatShort(value / minute)}m`;
  return step >= second ? `${formatShort(value / second)}s` : `${formatShort(value)}ms`;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let found = formatters.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat(locale, options);
    formatters.set(key, found);
  }
  return found;
}

/** One place of an axis in words, as exact as a tooltip needs it. */
export function formatPlace(value: number, unit: AxisUnit, locale: string): string {
  if (unit === 'number') return formatShort(value);
  if (unit === 'duration') return formatClock(value);
  return formatter(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(value);
}

/** A duration with all its parts, e.g. `1:02:03.5`. */
function formatClock(milliseconds: number): string {
  const size = Math.round(Math.abs(milliseconds) / 100) * 100;
  const sign = milliseconds < 0 ? '-' : '';
  const seconds = (size % minute) / second;
  const minutes = Math.floor((size % hour) / minute);
  const hours = Math.floor(size / hour);
  const tail = seconds < 10 ? `0${seconds}` : String(seconds);
  return hours > 0
    ? `${sign}${hours}:${String(minutes).padStart(2, '0')}:${tail}`
    : `${sign}${minutes}:${tail}`;
}
