import type { Run, RunStatus } from '../../mlflow/model';
import type { Meta } from './meta';
import type { MetaShape } from './metaFiles';

/** What a run's `meta.yaml` says; `name` is empty where only a tag may know it. */
export type RunInfo = Omit<Run, 'params' | 'metrics' | 'tags' | 'datasets' | 'modelOutputs'>;

export const runShape: MetaShape = {
  required: ['experiment_id', 'start_time'],
  last: 'user_id',
};

/** As numbered in MLflow's `RunStatus`. */
const statuses: Readonly<Record<number, RunStatus>> = {
  1: 'RUNNING',
  2: 'SCHEDULED',
  3: 'FINISHED',
  4: 'FAILED',
  5: 'KILLED',
};

/** `undefined` where the file names no run. */
export function toRunInfo(meta: Meta): RunInfo | undefined {
  const id = meta.name('run_id') ?? meta.name('run_uuid');
  const experimentId = meta.name('experiment_id');
  if (id === undefined || experimentId === undefined) {
    return undefined;
  }
  const endTime = meta.number('end_time');
  return {
    id,
    experimentId,
    name: meta.text('run_name') ?? '',
    userId: meta.text('user_id') ?? '',
    status: toStatus(meta.number('status'), endTime),
    startTime: meta.number('start_time'),
    endTime,
    artifactUri: meta.text('artifact_uri') ?? '',
    lifecycleStage: meta.text('lifecycle_stage') === 'deleted' ? 'deleted' : 'active',
  };
}

/** Without a number a run is running, as MLflow takes it; an unknown one says at least whether it has ended. */
function toStatus(number: number | undefined, endTime: number | undefined): RunStatus {
  const status = number === undefined ? 'RUNNING' : statuses[number];
  return status ?? (endTime === undefined ? 'RUNNING' : 'FINISHED');
}
