import type { Scale } from '../../src/mlflow/series/scale';

/** A stretch of an axis, in the axis's own unit; `min` is below `max`. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

export type { Scale };

/** The place of `value` on an axis that shows `range`: 0 at its start, 1 at its end. */
export function fractionOf(value: number, range: Range, scale: Scale): number {
  const { min, max } = toEven(range, scale);
  return ((scale === 'log' ? Math.log10(value) : value) - min) / (max - min);
}

/** The value at a place between 0 (start) and 1 (end). */
export function valueAt(fraction: number, range: Range, scale: Scale): number {
  const { min, max } = toEven(range, scale);
  const even = min + fraction * (max - min);
  return scale === 'log' ? 10 ** even : even;
}

/** `range` made `factor` times as long round the place that stays where it is, within `whole`. */
export function zoomed(
  range: Range,
  anchor: number,
  factor: number,
  whole: Range,
  scale: Scale,
): Range {
  const { min, max } = toEven(range, scale);
  const limits = toEven(whole, scale);
  const length = Math.min((max - min) * factor, limits.max - limits.min);
  const fixed = min + anchor * (max - min);
  return within(fixed - anchor * length, length, limits, range, scale);
}

/** `range` moved by this part of its length, as far as `whole` goes. */
export function panned(range: Range, part: number, whole: Range, scale: Scale): Range {
  const { min, max } = toEven(range, scale);
  return within(min + part * (max - min), max - min, toEven(whole, scale), range, scale);
}

/** The smallest range that covers both. */
export function union(one: Range | undefined, other: Range | undefined): Range | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return { min: Math.min(one.min, other.min), max: Math.max(one.max, other.max) };
}

/** A range that can be drawn: with some length, and with a margin of this part of it at both ends. */
export function padded(range: Range, part: number, scale: Scale): Range {
  const even = toEven(range, scale);
  const length = even.max - even.min;
  const margin =
    length > 0 ? length * part : Math.abs(even.min) * 0.1 || (scale === 'log' ? 0.1 : 1);
  return fromEven({ min: even.min - margin, max: even.max + margin }, scale);
}

function within(start: number, length: number, limits: Range, before: Range, scale: Scale): Range {
  const min = Math.max(limits.min, Math.min(start, limits.max - length));
  const moved = fromEven({ min, max: min + length }, scale);
  // Doubles end somewhere: a range that cannot get any shorter stays.
  const isDrawable = moved.max - moved.min > Math.abs(moved.max) * 1e-13 && moved.max > moved.min;
  return isDrawable ? moved : before;
}

function toEven(range: Range, scale: Scale): Range {
  return scale === 'log' ? { min: Math.log10(range.min), max: Math.log10(range.max) } : range;
}

function fromEven(range: Range, scale: Scale): Range {
  return scale === 'log' ? { min: 10 ** range.min, max: 10 ** range.max } : range;
}
