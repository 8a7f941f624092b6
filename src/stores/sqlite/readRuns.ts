import type { Run, RunStatus } from '../../mlflow/model';
import type { Reading } from './database';
import type { Reader } from './openDatabase';
import { readDatasets } from './readDatasets';
import { readChildren } from './readChildren';
import { type Row, toMetricValue, toStep, toText, toTime } from './rows';
import { listValue } from './sqlText';

/** Runs whose rows are read within one piece. */
const runsAtOnce = 100;

/** The runs of these ids in their order; one that is gone meanwhile is left out. */
export function* readRuns(reader: Reader, ids: readonly string[]): Reading<Run[]> {
  const runs: Run[] = [];
  for (let start = 0; start < ids.length; start += runsAtOnce) {
    for (const run of yield* readSome(reader, ids.slice(start, start + runsAtOnce))) {
      runs.push(run);
    }
    yield;
  }
  return runs;
}

function* readSome(reader: Reader, ids: readonly string[]): Reading<Run[]> {
  const rows = reader.rows(
    `SELECT j.key AS run, run_uuid, experiment_id, name, user_id, status, start_time, end_time, artifact_uri, lifecycle_stage
      FROM json_each(?) AS j CROSS JOIN runs ON run_uuid = j.value`,
    listValue(ids),
  );
  const params = yield* readChildren(reader, ids, 'params', ['key', 'value'], toKeyValue);
  const metricColumns = ['key', 'value', 'timestamp', 'step', 'is_nan'];
  const metrics = yield* readChildren(reader, ids, 'latest_metrics', metricColumns, toMetric);
  const tags = yield* readChildren(reader, ids, 'tags', ['key', 'value'], toKeyValue);
  const datasets = yield* readDatasets(reader, ids);
  const outputs = readOutputs(reader, ids);
  return rows.map((row) => {
    const index = Number(row[0]);
    const runTags = tags[index] ?? [];
    return {
      ...toInfo(row, runTags.find(({ key }) => key === 'mlflow.runName')?.value),
      params: params[index] ?? [],
      metrics: metrics[index] ?? [],
      tags: runTags,
      datasets: datasets[index] ?? [],
      modelOutputs: outputs[index] ?? [],
    };
  });
}

function toInfo(row: Row, tagName: string | undefined) {
  const [, id, experimentId, name, userId, status, startTime, endTime, artifactUri, stage] = row;
  const runId = toText(id);
  return {
    id: runId,
    experimentId: toText(experimentId),
    name: (toText(name) || tagName) ?? runId,
    userId: toText(userId),
    status: toStatus(toText(status), toTime(endTime)),
    startTime: toTime(startTime),
    endTime: toTime(endTime),
    artifactUri: toText(artifactUri),
    lifecycleStage: stage === 'deleted' ? ('deleted' as const) : ('active' as const),
  };
}

const statuses: readonly string[] = [
  'RUNNING',
  'SCHEDULED',
  'FINISHED',
  'FAILED',
  'KILLED',
] satisfies RunStatus[];

/** A status that this list does not know says at least whether the run has ended. */
function toStatus(text: string, endTime: number | undefined): RunStatus {
  if (statuses.includes(text)) {
    return text as RunStatus;
  }
  return endTime === undefined ? 'RUNNING' : 'FINISHED';
}

function toKeyValue([, key, value]: Row) {
  return { key: toText(key), value: toText(value) };
}

function toMetric([, key, value, timestamp, step, isNan]: Row) {
  return {
    key: toText(key),
    value: toMetricValue(value, isNan),
    timestamp: toTime(timestamp) ?? 0,
    step: toStep(step),
  };
}

function readOutputs(reader: Reader, ids: readonly string[]): Run['modelOutputs'][] {
  const outputs = ids.map((): Run['modelOutputs'][number][] => []);
  if (reader.schema.outputSteps) {
    const rows = reader.rows(
      `SELECT j.key AS run, i.destination_id, i.step FROM json_each(?) AS j CROSS JOIN inputs AS i
        ON i.source_type = 'RUN_OUTPUT' AND i.source_id = j.value AND i.destination_type = 'MODEL_OUTPUT'`,
      listValue(ids),
    );
    for (const [index, modelId, step] of rows) {
      outputs[Number(index)]?.push({ modelId: toText(modelId), step: toStep(step) });
    }
  }
  return outputs;
}
