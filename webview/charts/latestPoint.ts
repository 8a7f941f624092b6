import type { LatestMetrics } from '../../src/protocol/comparePage';

/** The latest point of a metric, as the run itself says it. */
export interface LatestPoint {
  readonly value: number;
  readonly step: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
}

interface Lookup {
  readonly places: ReadonlyMap<number, number>;
  readonly points: Map<number, LatestPoint>;
}

const lookups = new WeakMap<LatestMetrics, Lookup>();

/**
 * The run's latest point of the metric at this place in the page's list, or `undefined` where it has none; the same
 * object for as long as `metrics` is.
 */
export function latestPoint(metrics: LatestMetrics, metric: number): LatestPoint | undefined {
  const { places, points } = lookups.get(metrics) ?? newLookup(metrics);
  const at = places.get(metric);
  if (at === undefined) return undefined;
  const known = points.get(metric);
  if (known !== undefined) return known;
  const point = {
    value: metrics.values[at]!,
    step: metrics.steps[at]!,
    timestamp: metrics.timestamps[at]!,
  };
  points.set(metric, point);
  return point;
}

function newLookup(metrics: LatestMetrics): Lookup {
  const places = new Map<number, number>();
  for (let at = 0; at < metrics.keys.length; at++) places.set(metrics.keys[at]!, at);
  const lookup = { places, points: new Map<number, LatestPoint>() };
  lookups.set(metrics, lookup);
  return lookup;
}

/** Whether both are the same point, so that nothing was logged in between. */
export function isSamePoint(one: LatestPoint | undefined, other: LatestPoint | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return (
    Object.is(one.value, other.value) &&
    one.step === other.step &&
    one.timestamp === other.timestamp
  );
}
