import * as z from 'zod/mini';
import type { ModelVersion, ModelVersionStatus, RegisteredModel } from '../../mlflow/model';
import type { Page } from '../../mlflow/trackingStore';
import { decode, toOptional, toTime, wireKeyValue, wireList, wireText, wireTime } from './decode';

const wireVersion = z.object({
  name: z.string(),
  version: z.string(),
  current_stage: wireText,
  status: wireText,
  status_message: wireText,
  description: wireText,
  user_id: wireText,
  source: wireText,
  run_id: wireText,
  model_id: wireText,
  creation_timestamp: wireTime,
  last_updated_timestamp: wireTime,
  tags: wireList(wireKeyValue),
  aliases: wireList(z.string()),
});

const wireModel = z.object({
  name: z.string(),
  description: wireText,
  creation_timestamp: wireTime,
  last_updated_timestamp: wireTime,
  tags: wireList(wireKeyValue),
  aliases: wireList(z.object({ alias: z.string(), version: z.string() })),
  latest_versions: wireList(wireVersion),
});

const wireModelPage = z.object({
  registered_models: wireList(wireModel),
  next_page_token: wireText,
});

const wireVersionPage = z.object({
  model_versions: wireList(wireVersion),
  next_page_token: wireText,
});

/**
 * `registered-models/search`, without prompts: those are registered models that carry a tag
 * (https://mlflow.org/docs/latest/genai/prompt-registry/), which older servers do not leave out.
 */
export function decodeRegisteredModelPage(value: unknown): Page<RegisteredModel> {
  const page = decode(wireModelPage, value);
  return {
    items: (page.registered_models ?? [])
      .map(toRegisteredModel)
      .filter((model) => !isPrompt(model)),
    nextPageToken: toOptional(page.next_page_token),
  };
}

/** `registered-models/get`. */
export function decodeRegisteredModel(value: unknown): RegisteredModel {
  return toRegisteredModel(
    decode(z.object({ registered_model: wireModel }), value).registered_model,
  );
}

/** `model-versions/search`. */
export function decodeModelVersionPage(value: unknown): Page<ModelVersion> {
  const page = decode(wireVersionPage, value);
  return {
    items: (page.model_versions ?? []).map(toModelVersion),
    nextPageToken: toOptional(page.next_page_token),
  };
}

/** `model-versions/get`. */
export function decodeModelVersion(value: unknown): ModelVersion {
  return toModelVersion(decode(z.object({ model_version: wireVersion }), value).model_version);
}

function isPrompt(model: RegisteredModel): boolean {
  return model.tags.some(
    ({ key, value }) => key === 'mlflow.prompt.is_prompt' && value.toLowerCase() === 'true',
  );
}

function toRegisteredModel(wire: z.infer<typeof wireModel>): RegisteredModel {
  return {
    name: wire.name,
    description: wire.description ?? '',
    creationTime: toTime(wire.creation_timestamp),
    lastUpdatedTime: toTime(wire.last_updated_timestamp),
    tags: wire.tags ?? [],
    aliases: wire.aliases ?? [],
    latestVersions: (wire.latest_versions ?? []).map(toModelVersion),
  };
}

function toModelVersion(wire: z.infer<typeof wireVersion>): ModelVersion {
  return {
    name: wire.name,
    version: wire.version,
    stage: wire.current_stage ?? '',
    status: toStatus(wire.status),
    statusMessage: wire.status_message ?? '',
    description: wire.description ?? '',
    userId: wire.user_id ?? '',
    source: wire.source ?? '',
    runId: toOptional(wire.run_id),
    modelId: toOptional(wire.model_id),
    creationTime: toTime(wire.creation_timestamp),
    lastUpdatedTime: toTime(wire.last_updated_timestamp),
    tags: wire.tags ?? [],
    aliases: wire.aliases ?? [],
  };
}

/** A status that is missing or unknown is one that needs no attention. */
function toStatus(wire: string | null | undefined): ModelVersionStatus {
  return wire === 'PENDING_REGISTRATION' || wire === 'FAILED_REGISTRATION' ? wire : 'READY';
}
