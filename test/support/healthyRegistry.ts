import { MlflowError } from '../../src/mlflow/errors';
import type { ModelVersion, RegisteredModel, Tag } from '../../src/mlflow/model';
import { readStage } from '../../src/mlflow/registry/stages';
import { FakeRegistry, withLatest, type RegistryData } from './fakeRegistry';
import { Refusal } from './healthyChanges';
import type { WireParameters } from './healthyMlflow';

const t0 = 1_700_000_000_000;

type Asked = (name: string) => string;

/**
 * Registered models of a server in good health, in MLflow's wire shapes: `model 1`, … with two versions each, which came
 * from the runs `1r0`, ….
 */
export class HealthyRegistry {
  private readonly data: RegistryData;
  private readonly registry: FakeRegistry;

  constructor(count: number) {
    const names = Array.from({ length: count }, (_, index) => `model ${index + 1}`);
    this.data = {
      models: names.map(aModel),
      versions: names.flatMap((name, index) => {
        const runId = `1r${index}`;
        return [aVersion(name, 2, runId), aVersion(name, 1, runId)];
      }),
    };
    this.registry = new FakeRegistry(this.data);
  }

  /** Models that a search finds. */
  models(filter: unknown): readonly object[] {
    const part = /^name ILIKE ['"]%(.*)%['"]$/i.exec(typeof filter === 'string' ? filter : '')?.[1];
    return this.data.models
      .filter(({ name }) => part === undefined || name.toLowerCase().includes(part.toLowerCase()))
      .map((model) => this.model(model));
  }

  /** Versions that a search finds, newest first. */
  versions(filter: unknown): readonly object[] {
    const [, key, value] =
      /^(name|run_id) = ['"](.*)['"]$/.exec(typeof filter === 'string' ? filter : '') ?? [];
    return this.data.versions
      .filter((each) => key === undefined || (key === 'name' ? each.name : each.runId) === value)
      .map(toWire);
  }

  /** Carries out or answers a call; `undefined` for what is not there, or is no call of a registry. */
  answer(call: string, parameters: WireParameters): object | undefined {
    const text: Asked = (name) => {
      const value = parameters[name];
      return typeof value === 'string' ? value : '';
    };
    try {
      return this.read(call, text) ?? this.write(call, text, parameters);
    } catch (error) {
      if (error instanceof MlflowError) {
        return error.kind === 'notFound'
          ? new Refusal(404, 'RESOURCE_DOES_NOT_EXIST', 'No such thing')
          : new Refusal(400, error.detail.errorCode ?? 'INVALID_PARAMETER_VALUE', 'It is taken');
      }
      throw error;
    }
  }

  private read(call: string, text: Asked): object | undefined {
    switch (call) {
      case 'registered-models/get': {
        const model = this.data.models.find(({ name }) => name === text('name'));
        return model === undefined ? missing() : { registered_model: this.model(model) };
      }
      case 'model-versions/get': {
        const found = this.data.versions.find(
          ({ name, version }) => name === text('name') && version === text('version'),
        );
        return found === undefined ? missing() : { model_version: toWire(found) };
      }
      default:
        return undefined;
    }
  }

  private write(call: string, text: Asked, parameters: WireParameters): object | undefined {
    const { registry } = this;
    const [name, version, key] = [text('name'), text('version'), text('key')];
    const writes: Readonly<Record<string, () => unknown>> = {
      'registered-models/create': () => registry.createRegisteredModel(name),
      'registered-models/rename': () => registry.renameRegisteredModel(name, text('new_name')),
      'registered-models/update': () => registry.describeRegisteredModel(name, text('description')),
      'registered-models/delete': () => registry.deleteRegisteredModel(name),
      'registered-models/set-tag': () => registry.setModelTag(name, key, text('value')),
      'registered-models/delete-tag': () => registry.deleteModelTag(name, key),
      'registered-models/alias': () =>
        version === ''
          ? registry.deleteAlias(name, text('alias'))
          : registry.setAlias(name, text('alias'), version),
      'model-versions/update': () =>
        registry.describeModelVersion(name, version, text('description')),
      'model-versions/delete': () => registry.deleteModelVersion(name, version),
      'model-versions/set-tag': () => registry.setVersionTag(name, version, key, text('value')),
      'model-versions/delete-tag': () => registry.deleteVersionTag(name, version, key),
      'model-versions/transition-stage': () =>
        registry.transitionStage(
          name,
          version,
          readStage(text('stage')) ?? 'None',
          parameters['archive_existing_versions'] === true,
        ),
    };
    if (call === 'model-versions/create') {
      void registry.createModelVersion({
        ...{ name, source: text('source'), description: text('description') },
        runId: text('run_id') || undefined,
        modelId: text('model_id') || undefined,
        tags: (parameters['tags'] ?? []) as readonly Tag[],
      });
      return { model_version: toWire(this.data.versions[0] as ModelVersion) };
    }
    const write = writes[call];
    if (write === undefined) {
      return undefined;
    }
    write();
    return {};
  }

  private model(model: RegisteredModel): object {
    const { latestVersions, aliases, tags } = withLatest(model, this.data.versions);
    return {
      name: model.name,
      description: model.description,
      creation_timestamp: model.creationTime,
      last_updated_timestamp: model.lastUpdatedTime,
      latest_versions: latestVersions.map(toWire),
      ...(aliases.length > 0 && { aliases }),
      ...(tags.length > 0 && { tags }),
    };
  }
}

function missing(): Refusal {
  return new Refusal(404, 'RESOURCE_DOES_NOT_EXIST', 'No such thing');
}

function aModel(name: string): RegisteredModel {
  return {
    ...{ name, description: '', creationTime: t0, lastUpdatedTime: t0 + 2, tags: [] },
    aliases: [{ alias: 'champion', version: '2' }],
    latestVersions: [],
  };
}

function aVersion(name: string, version: number, runId: string): ModelVersion {
  return {
    ...{ name, version: String(version), stage: version === 2 ? 'Production' : 'None' },
    ...{ status: 'READY', statusMessage: '', description: '', userId: '', modelId: undefined },
    ...{ source: `mlflow-artifacts:/1/${runId}/artifacts/model`, runId, tags: [], aliases: [] },
    ...{ creationTime: t0 + version, lastUpdatedTime: t0 + version },
  };
}

function toWire(version: ModelVersion): object {
  return {
    name: version.name,
    version: version.version,
    current_stage: version.stage,
    status: version.status,
    description: version.description,
    run_id: version.runId,
    model_id: version.modelId,
    source: version.source,
    creation_timestamp: version.creationTime,
    last_updated_timestamp: version.lastUpdatedTime,
    ...(version.tags.length > 0 && { tags: version.tags }),
  };
}
