import { ascendingOrder, isAscending } from './ascendingOrder';
import type { Curve, SeriesColumns } from './curve';
import { upperBound } from './lowerBound';
import { pairByStep } from './pairByStep';

/** What a series is drawn over. */
export type XAxis =
  | { readonly kind: 'step' }
  /** Milliseconds since the run's `start`, or, where that is unknown, since the series' earliest point. */
  | { readonly kind: 'relative'; readonly start?: number | undefined }
  /** Milliseconds since 1970. */
  | { readonly kind: 'wall' }
  /** The value that another metric of the run last had at the same step. */
  | { readonly kind: 'metric'; readonly of: SeriesColumns };

/** How many points of a series have no place on the axis, by the reason. */
export interface LeftOut {
  /** The other metric has no value at their step. */
  readonly unpaired: number;
  /** The other metric is NaN or infinite there. */
  readonly notFinite: number;
  /** Zero or below, on a logarithmic axis. */
  readonly notPositive: number;
}

/** A curve, and what could not become part of it. */
export interface AxisCurve extends Curve {
  readonly leftOut: LeftOut;
}

/** Where points lie on the axis: the finite and the others, in the order of the series. */
interface Places {
  readonly x: Float64Array;
  readonly source: Uint32Array;
}

/**
 * Lays a series out over an axis, in ascending order. The series may come in any order; one that ascends already is
 * not sorted, and its arrays are shared instead of copied where all points have a place.
 */
export function toCurve(series: SeriesColumns, axis: XAxis): AxisCurve {
  const all = placesOn(axis, series);
  const finite = onlyFinite(all);
  const ordered = inOrder(finite);
  const { x, source } = ordered;
  const count = series.values.length;
  const isWhole = ordered === all && x.length === count;
  const y = isWhole ? series.values : gather(series.values, source);
  const notFinite = all.x.length - finite.x.length;
  return { x, y, source, leftOut: { unpaired: count - all.x.length, notFinite, notPositive: 0 } };
}

/** The part of a curve that a logarithmic axis can show. */
export function rightOfZero({ x, y, source, leftOut }: AxisCurve): AxisCurve {
  const start = upperBound(x, 0);
  return {
    x: x.subarray(start),
    y: y.subarray(start),
    source: source.subarray(start),
    leftOut: { ...leftOut, notPositive: start },
  };
}

function placesOn(axis: XAxis, series: SeriesColumns): Places {
  switch (axis.kind) {
    case 'step':
      return { x: series.steps, source: everyPlace(series.steps.length) };
    case 'wall':
      return { x: series.timestamps, source: everyPlace(series.timestamps.length) };
    case 'relative':
      return { x: since(series.timestamps, axis.start), source: everyPlace(series.steps.length) };
    case 'metric':
      return pairByStep(series.steps, axis.of);
  }
}

function everyPlace(count: number): Uint32Array {
  const places = new Uint32Array(count);
  for (let index = 0; index < count; index++) places[index] = index;
  return places;
}

function since(timestamps: Float64Array, given: number | undefined): Float64Array {
  const start = given ?? earliest(timestamps);
  const passed = new Float64Array(timestamps.length);
  for (let index = 0; index < passed.length; index++) passed[index] = timestamps[index]! - start;
  return passed;
}

function earliest(timestamps: Float64Array): number {
  let first = Infinity;
  for (let index = 0; index < timestamps.length; index++) {
    if (timestamps[index]! < first) first = timestamps[index]!;
  }
  return first;
}

/** The same object when every point can be drawn. */
function onlyFinite(all: Places): Places {
  if (all.x.every(Number.isFinite)) return all;
  const source = all.source.filter((_, index) => Number.isFinite(all.x[index]));
  return { x: all.x.filter(Number.isFinite), source };
}

function inOrder(places: Places): Places {
  if (isAscending(places.x)) return places;
  const order = ascendingOrder(places.x);
  const source = new Uint32Array(order.length);
  for (let at = 0; at < order.length; at++) source[at] = places.source[order[at]!]!;
  return { x: gather(places.x, order), source };
}

function gather(values: Float64Array, places: Uint32Array): Float64Array {
  const gathered = new Float64Array(places.length);
  for (let at = 0; at < places.length; at++) gathered[at] = values[places[at]!]!;
  return gathered;
}
