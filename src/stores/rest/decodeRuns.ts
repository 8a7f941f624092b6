import * as z from 'zod/mini';
import type { DatasetInput, Run, RunStatus } from '../../mlflow/model';
import type { Page } from '../../mlflow/trackingStore';
import {
  decode,
  toLifecycleStage,
  toMetric,
  toOptional,
  toStep,
  toTime,
  wireKeyValue,
  wireList,
  wireMetric,
  wireText,
  wireTime,
} from './decode';

const wireInfo = z.object({
  run_id: wireText,
  run_uuid: wireText,
  experiment_id: z.string(),
  run_name: wireText,
  user_id: wireText,
  status: wireText,
  start_time: wireTime,
  end_time: wireTime,
  artifact_uri: wireText,
  lifecycle_stage: wireText,
});

const wireData = z.object({
  params: wireList(wireKeyValue),
  metrics: wireList(wireMetric),
  tags: wireList(wireKeyValue),
});

const wireDatasetInput = z.object({
  tags: wireList(wireKeyValue),
  dataset: z.object({
    name: wireText,
    digest: wireText,
    source_type: wireText,
    source: wireText,
    schema: wireText,
    profile: wireText,
  }),
});

const wireModelOutput = z.object({ model_id: z.string(), step: wireTime });

const wireRun = z.object({
  info: wireInfo.check(
    z.refine((info) => Boolean(info.run_id ?? info.run_uuid), { path: ['run_id'] }),
  ),
  data: z.nullish(wireData),
  inputs: z.nullish(z.object({ dataset_inputs: wireList(wireDatasetInput) })),
  outputs: z.nullish(z.object({ model_outputs: wireList(wireModelOutput) })),
});

const wirePage = z.object({ runs: wireList(wireRun), next_page_token: wireText });

/** `runs/search`. */
export function decodeRunPage(value: unknown): Page<Run> {
  const page = decode(wirePage, value);
  return { items: (page.runs ?? []).map(toRun), nextPageToken: toOptional(page.next_page_token) };
}

/** `runs/get`. */
export function decodeRun(value: unknown): Run {
  return toRun(decode(z.object({ run: wireRun }), value).run);
}

function toRun({ info, data, inputs, outputs }: z.infer<typeof wireRun>): Run {
  const id = info.run_id ?? info.run_uuid ?? '';
  const tags = data?.tags ?? [];
  const endTime = toTime(info.end_time);
  return {
    id,
    experimentId: info.experiment_id,
    name: info.run_name || tags.find(({ key }) => key === 'mlflow.runName')?.value || id,
    userId: info.user_id ?? '',
    status: toStatus(info.status, endTime),
    startTime: toTime(info.start_time),
    endTime,
    artifactUri: info.artifact_uri ?? '',
    lifecycleStage: toLifecycleStage(info.lifecycle_stage),
    params: data?.params ?? [],
    metrics: (data?.metrics ?? []).map(toMetric),
    tags,
    datasets: (inputs?.dataset_inputs ?? []).map(toDataset),
    modelOutputs: (outputs?.model_outputs ?? []).map((output) => ({
      modelId: output.model_id,
      step: toStep(output.step),
    })),
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
function toStatus(wire: string | null | undefined, endTime: number | undefined): RunStatus {
  if (typeof wire === 'string' && statuses.includes(wire)) {
    return wire as RunStatus;
  }
  return endTime === undefined ? 'RUNNING' : 'FINISHED';
}

function toDataset({ tags, dataset }: z.infer<typeof wireDatasetInput>): DatasetInput {
  return {
    name: dataset.name ?? '',
    digest: dataset.digest ?? '',
    sourceType: dataset.source_type ?? '',
    source: dataset.source ?? '',
    schema: dataset.schema ?? undefined,
    profile: dataset.profile ?? undefined,
    tags: tags ?? [],
  };
}
