import type { Experiment, Run, Tag } from './model';
import { textHash } from './textHash';

/** The value of the tag `key`, or `undefined`. */
export function tagValue(tags: readonly Tag[], key: string): string | undefined {
  return tags.find((tag) => tag.key === key)?.value;
}

/** The run that this one is nested in, by MLflow's own tag. */
export function parentRunId(run: Run): string | undefined {
  return tagValue(run.tags, 'mlflow.parentRunId') || undefined;
}

/** Whether a run still changes by itself; MLflow refuses what is logged to a deleted one. */
export function isLive(run: Run): boolean {
  return (
    run.lifecycleStage === 'active' && (run.status === 'RUNNING' || run.status === 'SCHEDULED')
  );
}

/** Whether a run is over; a deleted one is merely gone. */
export function hasEnded(run: Run): boolean {
  return run.lifecycleStage === 'active' && !isLive(run);
}

/** Tags that MLflow keeps for itself. */
export function isSystemTag(key: string): boolean {
  return key.startsWith('mlflow.');
}

/** Metrics of the machine, which MLflow logs beside those of the model. */
export function isSystemMetric(key: string): boolean {
  return key.startsWith('system/');
}

/** The metric by which an experiment judges its runs, when its owner said so. */
export function primaryMetric(experiment: Experiment): string | undefined {
  return tagValue(experiment.tags, 'mlflow.experiment.primaryMetric.name') || undefined;
}

/** A run's place in the palette of run colours, the same everywhere, by its id. */
export function runColorIndex(runId: string, colors: number): number {
  return textHash(runId) % colors;
}

/** Whether two readings of one run say the same. */
export function sameRun(a: Run, b: Run): boolean {
  return (
    a.status === b.status &&
    a.endTime === b.endTime &&
    a.startTime === b.startTime &&
    a.name === b.name &&
    a.lifecycleStage === b.lifecycleStage &&
    a.modelOutputs.length === b.modelOutputs.length &&
    a.datasets.length === b.datasets.length &&
    sameList(a.metrics, b.metrics, (x, y) => {
      return (
        x.key === y.key &&
        Object.is(x.value, y.value) &&
        x.step === y.step &&
        x.timestamp === y.timestamp
      );
    }) &&
    sameList(a.params, b.params, sameKeyValue) &&
    sameList(a.tags, b.tags, sameKeyValue)
  );
}

function sameKeyValue(a: Tag, b: Tag): boolean {
  return a.key === b.key && a.value === b.value;
}

function sameList<T>(a: readonly T[], b: readonly T[], same: (x: T, y: T) => boolean): boolean {
  return (
    a.length === b.length &&
    a.every((item, index) => {
      const other = b[index];
      return other !== undefined && same(item, other);
    })
  );
}
