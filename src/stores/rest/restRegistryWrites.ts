import { MlflowError } from '../../mlflow/errors';
import { quoteValue } from '../../mlflow/filterText';
import type { ModelVersion, RegisteredModel, Tag } from '../../mlflow/model';
import type { NewModelVersion, RegistryChanges } from '../../mlflow/registry/registryChanges';
import { readStage, type Stage } from '../../mlflow/registry/stages';
import type { Api } from './api';
import {
  decodeModelVersion,
  decodeModelVersionPage,
  decodeRegisteredModel,
} from './decodeRegistry';
import { settle } from './settle';

type Method = 'POST' | 'PATCH' | 'DELETE';
type IsDone = () => Promise<boolean>;

const versionsPerPage = 10_000;

/** Changes of registered models, each looked up when its reply is lost. */
export class RestRegistryWrites implements RegistryChanges {
  constructor(private readonly api: Api) {}

  /** Whoever held the name before is not what was created. */
  async createRegisteredModel(name: string, signal: AbortSignal): Promise<void> {
    const before = await this.model(name, signal);
    const isDone: IsDone = async () =>
      before === undefined && (await this.model(name, signal)) !== undefined;
    return this.change('POST', 'registered-models/create', { name }, isDone, signal);
  }

  renameRegisteredModel(name: string, newName: string, signal: AbortSignal): Promise<void> {
    const isDone: IsDone = async () =>
      (await this.model(newName, signal)) !== undefined &&
      (await this.model(name, signal)) === undefined;
    const body = { name, new_name: newName };
    return this.change('POST', 'registered-models/rename', body, isDone, signal);
  }

  describeRegisteredModel(name: string, description: string, signal: AbortSignal): Promise<void> {
    const isDone = this.ofModel(name, (now) => now.description === description, signal);
    const body = { name, description };
    return this.change('PATCH', 'registered-models/update', body, isDone, signal);
  }

  deleteRegisteredModel(name: string, signal: AbortSignal): Promise<void> {
    const isDone: IsDone = async () => (await this.model(name, signal)) === undefined;
    return this.change('DELETE', 'registered-models/delete', { name }, isDone, signal);
  }

  setModelTag(name: string, key: string, value: string, signal: AbortSignal): Promise<void> {
    const isDone = this.ofModel(name, ({ tags }) => holds(tags, key, value), signal);
    return this.change('POST', 'registered-models/set-tag', { name, key, value }, isDone, signal);
  }

  deleteModelTag(name: string, key: string, signal: AbortSignal): Promise<void> {
    const isDone = this.ofModel(name, ({ tags }) => lacks(tags, key), signal);
    return this.change('DELETE', 'registered-models/delete-tag', { name, key }, isDone, signal);
  }

  /** No two requests can be told from one that came late, so there is never a second. */
  async createModelVersion(version: NewModelVersion, signal: AbortSignal): Promise<ModelVersion> {
    const { name, source, runId, modelId, description, tags } = version;
    const newest = await this.newestVersion(name, signal);
    const body = {
      name,
      source,
      ...(runId !== undefined && { run_id: runId }),
      ...(modelId !== undefined && { model_id: modelId }),
      ...(description !== '' && { description }),
      ...(tags.length > 0 && { tags }),
    };
    return settle({
      onlyOnce: true,
      send: () => this.send('POST', 'model-versions/create', body, decodeModelVersion, signal),
      lookUp: async () => {
        const last = await this.newestVersion(name, signal);
        for (let number = newest + 1; number <= last; number++) {
          const result = await this.version(name, String(number), signal);
          if (result?.source === source && result.description === description) {
            return { result };
          }
        }
        return undefined;
      },
    });
  }

  describeModelVersion(
    name: string,
    version: string,
    description: string,
    signal: AbortSignal,
  ): Promise<void> {
    const isDone = this.ofVersion(name, version, (now) => now.description === description, signal);
    const body = { name, version, description };
    return this.change('PATCH', 'model-versions/update', body, isDone, signal);
  }

  deleteModelVersion(name: string, version: string, signal: AbortSignal): Promise<void> {
    const isDone: IsDone = async () => (await this.version(name, version, signal)) === undefined;
    return this.change('DELETE', 'model-versions/delete', { name, version }, isDone, signal);
  }

  transitionStage(
    name: string,
    version: string,
    stage: Stage,
    archiveOthers: boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const isDone: IsDone = async () => {
      const now = await this.version(name, version, signal);
      if (now === undefined || readStage(now.stage) !== stage || !archiveOthers) {
        return now !== undefined && readStage(now.stage) === stage;
      }
      const all = await this.versions(name, signal);
      return all.every((each) => each.version === version || readStage(each.stage) !== stage);
    };
    const body = { name, version, stage, archive_existing_versions: archiveOthers };
    return this.change('POST', 'model-versions/transition-stage', body, isDone, signal);
  }

  setVersionTag(
    name: string,
    version: string,
    key: string,
    value: string,
    signal: AbortSignal,
  ): Promise<void> {
    const isDone = this.ofVersion(name, version, ({ tags }) => holds(tags, key, value), signal);
    const body = { name, version, key, value };
    return this.change('POST', 'model-versions/set-tag', body, isDone, signal);
  }

  deleteVersionTag(name: string, version: string, key: string, signal: AbortSignal): Promise<void> {
    const isDone = this.ofVersion(name, version, ({ tags }) => lacks(tags, key), signal);
    return this.change(
      'DELETE',
      'model-versions/delete-tag',
      { name, version, key },
      isDone,
      signal,
    );
  }

  setAlias(name: string, alias: string, version: string, signal: AbortSignal): Promise<void> {
    const isDone = this.ofModel(
      name,
      ({ aliases }) => aliases.some((each) => each.alias === alias && each.version === version),
      signal,
    );
    const body = { name, alias, version };
    return this.change('POST', 'registered-models/alias', body, isDone, signal);
  }

  deleteAlias(name: string, alias: string, signal: AbortSignal): Promise<void> {
    const isDone = this.ofModel(
      name,
      ({ aliases }) => aliases.every((each) => each.alias !== alias),
      signal,
    );
    return this.change('DELETE', 'registered-models/alias', { name, alias }, isDone, signal);
  }

  private change(
    method: Method,
    call: string,
    body: object,
    isDone: IsDone,
    signal: AbortSignal,
  ): Promise<void> {
    return settle({
      send: () => this.send(method, call, body, () => undefined, signal),
      lookUp: async () => ((await isDone()) ? { result: undefined } : undefined),
    });
  }

  private send<T>(
    method: Method,
    call: string,
    body: object,
    decodeReply: (value: unknown) => T,
    signal: AbortSignal,
  ): Promise<T> {
    return this.api.ask({ method, call, body, writes: true }, decodeReply, signal);
  }

  private ofModel(
    name: string,
    holdsNow: (now: RegisteredModel) => boolean,
    signal: AbortSignal,
  ): IsDone {
    return async () => {
      const now = await this.model(name, signal);
      return now !== undefined && holdsNow(now);
    };
  }

  private ofVersion(
    name: string,
    version: string,
    holdsNow: (now: ModelVersion) => boolean,
    signal: AbortSignal,
  ): IsDone {
    return async () => {
      const now = await this.version(name, version, signal);
      return now !== undefined && holdsNow(now);
    };
  }

  private model(name: string, signal: AbortSignal): Promise<RegisteredModel | undefined> {
    const query = new URLSearchParams({ name });
    return orNothing(
      this.api.lookUp('registered-models/get', query, decodeRegisteredModel, signal),
    );
  }

  private version(
    name: string,
    version: string,
    signal: AbortSignal,
  ): Promise<ModelVersion | undefined> {
    const query = new URLSearchParams({ name, version });
    return orNothing(this.api.lookUp('model-versions/get', query, decodeModelVersion, signal));
  }

  /** Whatever its stage, the newest version is the newest of its stage. */
  private async newestVersion(name: string, signal: AbortSignal): Promise<number> {
    const model = await this.model(name, signal);
    return Math.max(0, ...(model?.latestVersions ?? []).map(({ version }) => Number(version)));
  }

  /** As many as one page holds, newest first. */
  private async versions(name: string, signal: AbortSignal): Promise<readonly ModelVersion[]> {
    const query = new URLSearchParams({
      filter: `name = ${quoteValue(name)}`,
      order_by: 'version_number DESC',
      max_results: String(versionsPerPage),
    });
    const page = await this.api.lookUp(
      'model-versions/search',
      query,
      decodeModelVersionPage,
      signal,
    );
    return page.items;
  }
}

async function orNothing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof MlflowError && error.kind === 'notFound') {
      return undefined;
    }
    throw error;
  }
}

function holds(tags: readonly Tag[], key: string, value: string): boolean {
  return tags.some((tag) => tag.key === key && tag.value === value);
}

function lacks(tags: readonly Tag[], key: string): boolean {
  return tags.every((tag) => tag.key !== key);
}
