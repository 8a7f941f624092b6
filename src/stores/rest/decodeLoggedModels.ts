import * as z from 'zod/mini';
import type { LoggedModel } from '../../mlflow/model';
import type { Page } from '../../mlflow/trackingStore';
import {
  decode,
  toMetric,
  toOptional,
  toTime,
  wireKeyValue,
  wireList,
  wireMetric,
  wireText,
  wireTime,
} from './decode';

const wireLoggedModel = z.object({
  info: z.object({
    model_id: z.string(),
    experiment_id: z.string(),
    name: wireText,
    artifact_uri: wireText,
    status: wireText,
    model_type: wireText,
    source_run_id: wireText,
    creation_timestamp_ms: wireTime,
    last_updated_timestamp_ms: wireTime,
    tags: wireList(wireKeyValue),
  }),
  data: z.nullish(z.object({ params: wireList(wireKeyValue), metrics: wireList(wireMetric) })),
});

const wirePage = z.object({ models: wireList(wireLoggedModel), next_page_token: wireText });

/** `logged-models/search`. */
export function decodeLoggedModelPage(value: unknown): Page<LoggedModel> {
  const page = decode(wirePage, value);
  return {
    items: (page.models ?? []).map(toLoggedModel),
    nextPageToken: toOptional(page.next_page_token),
  };
}

/** `logged-models/<id>`. */
export function decodeLoggedModel(value: unknown): LoggedModel {
  return toLoggedModel(decode(z.object({ model: wireLoggedModel }), value).model);
}

function toLoggedModel({ info, data }: z.infer<typeof wireLoggedModel>): LoggedModel {
  return {
    id: info.model_id,
    experimentId: info.experiment_id,
    name: info.name || info.model_id,
    artifactUri: info.artifact_uri ?? '',
    status: toStatus(info.status),
    modelType: info.model_type ?? '',
    sourceRunId: toOptional(info.source_run_id),
    creationTime: toTime(info.creation_timestamp_ms),
    lastUpdatedTime: toTime(info.last_updated_timestamp_ms),
    params: data?.params ?? [],
    metrics: (data?.metrics ?? []).map(toMetric),
    tags: info.tags ?? [],
  };
}

/** `LOGGED_MODEL_UPLOAD_FAILED` becomes `FAILED`, as MLflow's own client says it. */
function toStatus(wire: string | null | undefined): string {
  return (wire ?? '').replace(/^LOGGED_MODEL_(?:UPLOAD_)?/, '');
}
