import { age } from '../host/times';
import { formatShort } from '../mlflow/format';
import type { Experiment, Run } from '../mlflow/model';
import { isSystemMetric, primaryMetric } from '../mlflow/runFacts';

/** What tells a run from others of its experiment, since its name may tell nothing: a metric, and its age. */
export function runHint(run: Run, experiment: Experiment): string {
  const primary = primaryMetric(experiment);
  const metric =
    run.metrics.find(({ key }) => key === primary) ??
    run.metrics.find(({ key }) => !isSystemMetric(key));
  const parts = [
    metric && `${metric.key} ${formatShort(metric.value)}`,
    run.startTime === undefined ? undefined : age(run.startTime),
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}
