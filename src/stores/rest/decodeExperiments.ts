import * as z from 'zod/mini';
import type { Experiment } from '../../mlflow/model';
import type { Page } from '../../mlflow/trackingStore';
import {
  decode,
  toLifecycleStage,
  toOptional,
  toTime,
  wireKeyValue,
  wireList,
  wireText,
  wireTime,
} from './decode';

const wireExperiment = z.object({
  experiment_id: z.string(),
  name: z.string(),
  artifact_location: wireText,
  lifecycle_stage: wireText,
  creation_time: wireTime,
  last_update_time: wireTime,
  tags: wireList(wireKeyValue),
});

const wirePage = z.object({ experiments: wireList(wireExperiment), next_page_token: wireText });

/** `experiments/search`. */
export function decodeExperimentPage(value: unknown): Page<Experiment> {
  const page = decode(wirePage, value);
  return {
    items: (page.experiments ?? []).map(toExperiment),
    nextPageToken: toOptional(page.next_page_token),
  };
}

/** `experiments/get`. */
export function decodeExperiment(value: unknown): Experiment {
  return toExperiment(decode(z.object({ experiment: wireExperiment }), value).experiment);
}

function toExperiment(wire: z.infer<typeof wireExperiment>): Experiment {
  return {
    id: wire.experiment_id,
    name: wire.name,
    artifactLocation: wire.artifact_location ?? '',
    lifecycleStage: toLifecycleStage(wire.lifecycle_stage),
    creationTime: toTime(wire.creation_time),
    lastUpdateTime: toTime(wire.last_update_time),
    tags: wire.tags ?? [],
  };
}
