import type { SeriesData } from '../../src/protocol/comparePage';
import { fixtureTime } from './fixtures';

/** A whole series with a point at every step from 0 on, one second apart. */
export function seriesOf(
  values: ArrayLike<number>,
  { complete = true, from = 0 }: { readonly complete?: boolean; readonly from?: number } = {},
): SeriesData {
  const steps = Float64Array.from({ length: values.length }, (_, at) => from + at);
  return {
    steps,
    exactSteps: undefined,
    timestamps: steps.map((step) => fixtureTime + step * 1000),
    values: Float64Array.from(values),
    complete,
  };
}

/** What a metric that falls from 1 towards 0 might look like; other runs fall at another speed. */
export function falling(points: number, run: number): Float64Array {
  return Float64Array.from(
    { length: points },
    (_, step) => 1 / (1 + (step * (run + 1)) / points) + 0.02 * Math.sin(step * (run + 2)),
  );
}
