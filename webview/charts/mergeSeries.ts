import { lowerBound } from '../../src/mlflow/series/lowerBound';
import type { SeriesData } from '../../src/protocol/comparePage';

/**
 * `held` with everything from `fromStep` on replaced by what was read since; points of `tail` before that step
 * count for nothing. Complete when both were.
 */
export function mergeSeries(held: SeriesData, tail: SeriesData, fromStep: number): SeriesData {
  const kept = lowerBound(held.steps, fromStep);
  const begin = lowerBound(tail.steps, fromStep);
  const join = (before: Float64Array, after: Float64Array): Float64Array => {
    const joined = new Float64Array(kept + after.length - begin);
    joined.set(before.subarray(0, kept));
    joined.set(after.subarray(begin), kept);
    return joined;
  };
  return {
    steps: join(held.steps, tail.steps),
    exactSteps: undefined,
    timestamps: join(held.timestamps, tail.timestamps),
    values: join(held.values, tail.values),
    complete: held.complete && tail.complete,
  };
}

/**
 * The step from which on to ask for what was logged since, or `undefined` where all must be read anew: steps that are not
 * exact cannot be told apart, and a sampled series that only ever gets longer is no sample any more.
 */
export function stepToReadFrom(held: SeriesData, sampledPoints: number): number | undefined {
  const { steps, exactSteps, complete } = held;
  if (steps.length === 0 || exactSteps !== undefined) return undefined;
  if (!complete && steps.length > 2 * sampledPoints) return undefined;
  return steps[steps.length - 1];
}

/** How many bytes the columns of a series take. */
export function bytesOf(series: SeriesData): number {
  return series.steps.length * (series.exactSteps === undefined ? 24 : 32);
}
