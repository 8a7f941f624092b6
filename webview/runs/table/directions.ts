import type { TableExperiment } from '../../../src/protocol/runsPage';
import type { Direction } from '../../kit/direction';
import { directionByName } from '../../kit/direction';
import type { BestOf } from '../model/runsData';
import type { TableLayout } from '../model/tableLayout';

/** Which way is better: what a person said, what the experiments say of their primary metrics, what the name says. */
export function directionsOf(
  experiments: readonly TableExperiment[],
  directions: TableLayout['directions'],
): (metric: string) => Direction {
  const primary = new Map(
    experiments.flatMap(({ primaryMetric: metric }) =>
      metric === undefined ? [] : [[metric.key, metric.greaterIsBetter] as const],
    ),
  );
  const found = new Map<string, Direction>();
  return (metric) => {
    const known = directions.get(metric) ?? found.get(metric);
    if (known !== undefined) return known;
    const isGreater = primary.get(metric);
    const direction =
      isGreater === undefined ? directionByName(metric) : isGreater ? 'higher' : 'lower';
    found.set(metric, direction);
    return direction;
  };
}

export function bestOf(directionOf: (metric: string) => Direction): BestOf {
  return (metric) =>
    ({ lower: 'min', higher: 'max', none: undefined })[directionOf(metric)] as
      'min' | 'max' | undefined;
}
