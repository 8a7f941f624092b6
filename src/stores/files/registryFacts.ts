import type { ModelVersion, ModelVersionStatus } from '../../mlflow/model';
import type { Meta } from './meta';
import type { MetaShape } from './metaFiles';

export const modelShape: MetaShape = { required: ['name'], last: 'name' };
export const versionShape: MetaShape = { required: ['name', 'version'], last: 'version' };

/** `MODEL_VERSION_STAGES` of MLflow. */
const stages = ['None', 'Staging', 'Production', 'Archived'];

/** What a version's `meta.yaml` says; its tags and aliases are elsewhere. */
export function toModelVersion(meta: Meta): ModelVersion | undefined {
  const name = meta.name('name');
  const version = meta.name('version');
  if (name === undefined || version === undefined) {
    return undefined;
  }
  return {
    name,
    version,
    stage: meta.text('current_stage') ?? '',
    status: toStatus(meta.text('status')),
    statusMessage: meta.text('status_message') ?? '',
    description: meta.text('description') ?? '',
    userId: meta.text('user_id') ?? '',
    source: meta.text('source') ?? '',
    runId: meta.name('run_id'),
    modelId: meta.name('model_id'),
    creationTime: meta.number('creation_timestamp'),
    lastUpdatedTime: meta.number('last_updated_timestamp'),
    tags: [],
    aliases: [],
  };
}

/** The newest version of each stage, in the order of the stages. */
export function latestVersions(versions: readonly ModelVersion[]): ModelVersion[] {
  return stages.flatMap((stage) => {
    const inStage = versions.filter((version) => version.stage === stage);
    const newest = Math.max(...inStage.map(({ version }) => Number(version)));
    return inStage.filter(({ version }) => Number(version) === newest).slice(0, 1);
  });
}

/** A status that is missing or unknown is one that needs no attention. */
function toStatus(text: string | undefined): ModelVersionStatus {
  return text === 'PENDING_REGISTRATION' || text === 'FAILED_REGISTRATION' ? text : 'READY';
}
