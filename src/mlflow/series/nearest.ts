import type { Curve } from './curve';
import { lowerBound, upperBound } from './lowerBound';

/**
 * The place of the point nearest to `x`, whatever its value; -1 where there is no point. Of two that are equally far the left
 * one counts, of several at the same `x` the last.
 */
export function nearest(curve: Pick<Curve, 'x'>, x: number): number {
  const right = lowerBound(curve.x, x);
  if (right === curve.x.length) return right - 1;
  const left = curve.x[right - 1];
  if (left !== undefined && x - left <= curve.x[right]! - x) return right - 1;
  return upperBound(curve.x, curve.x[right]!, right) - 1;
}

/** The place of the next point with a finite value, after `place` or before it; `undefined` where there is none. */
export function nextFinite(y: Float64Array, place: number, direction: 1 | -1): number | undefined {
  for (let at = place + direction; at >= 0 && at < y.length; at += direction) {
    if (Number.isFinite(y[at])) return at;
  }
  return undefined;
}
