import { MlflowError } from '../../src/mlflow/errors';
import type { ModelVersion, RegisteredModel, Tag } from '../../src/mlflow/model';
import type { NewModelVersion, RegistryChanges } from '../../src/mlflow/registry/registryChanges';
import { stages, type Stage } from '../../src/mlflow/registry/stages';

/** What {@link FakeRegistry} changes; versions newest first. */
export interface RegistryData {
  models: RegisteredModel[];
  versions: ModelVersion[];
}

/** Changes registered models in memory as MLflow would. */
export class FakeRegistry implements RegistryChanges {
  constructor(private readonly data: RegistryData) {}

  createRegisteredModel(name: string): Promise<void> {
    this.refuseTaken(name);
    const none = { description: '', tags: [], aliases: [], latestVersions: [] };
    const model = { ...none, name, creationTime: 2000, lastUpdatedTime: 2000 };
    this.data.models = [...this.data.models, model];
    return Promise.resolve();
  }

  renameRegisteredModel(name: string, newName: string): Promise<void> {
    this.refuseTaken(newName);
    void this.changeModel(name, () => ({ name: newName }));
    this.data.versions = this.data.versions.map((each) =>
      each.name === name ? { ...each, name: newName } : each,
    );
    return Promise.resolve();
  }

  describeRegisteredModel(name: string, description: string): Promise<void> {
    return this.changeModel(name, () => ({ description }));
  }

  deleteRegisteredModel(name: string): Promise<void> {
    void this.changeModel(name, () => ({}));
    this.data.models = this.data.models.filter((model) => model.name !== name);
    this.data.versions = this.data.versions.filter((each) => each.name !== name);
    return Promise.resolve();
  }

  setModelTag(name: string, key: string, value: string): Promise<void> {
    return this.changeModel(name, ({ tags }) => ({ tags: withTag(tags, key, value) }));
  }

  deleteModelTag(name: string, key: string): Promise<void> {
    return this.changeModel(name, ({ tags }) => ({ tags: withTag(tags, key) }));
  }

  createModelVersion(version: NewModelVersion): Promise<ModelVersion> {
    const { name } = version;
    const numbers = this.data.versions.filter((each) => each.name === name);
    const newest = Math.max(0, ...numbers.map((each) => Number(each.version)));
    const made: ModelVersion = {
      ...version,
      version: String(newest + 1),
      stage: 'None',
      status: 'READY',
      statusMessage: '',
      userId: 'me',
      creationTime: 2000,
      lastUpdatedTime: 2000,
      aliases: [],
    };
    void this.changeModel(name, () => ({}));
    this.data.versions = [made, ...this.data.versions];
    return Promise.resolve(made);
  }

  describeModelVersion(name: string, version: string, description: string): Promise<void> {
    return this.changeVersion(name, version, () => ({ description }));
  }

  deleteModelVersion(name: string, version: string): Promise<void> {
    void this.changeVersion(name, version, () => ({}));
    this.data.versions = this.data.versions.filter(
      (each) => each.name !== name || each.version !== version,
    );
    return this.changeModel(name, ({ aliases }) => ({
      aliases: aliases.filter((each) => each.version !== version),
    }));
  }

  transitionStage(
    name: string,
    version: string,
    stage: Stage,
    archiveOthers: boolean,
  ): Promise<void> {
    if (archiveOthers) {
      this.data.versions = this.data.versions.map((each) =>
        each.name === name && each.stage === stage && each.version !== version
          ? { ...each, stage: 'Archived' }
          : each,
      );
    }
    return this.changeVersion(name, version, () => ({ stage }));
  }

  setVersionTag(name: string, version: string, key: string, value: string): Promise<void> {
    return this.changeVersion(name, version, ({ tags }) => ({ tags: withTag(tags, key, value) }));
  }

  deleteVersionTag(name: string, version: string, key: string): Promise<void> {
    return this.changeVersion(name, version, ({ tags }) => ({ tags: withTag(tags, key) }));
  }

  setAlias(name: string, alias: string, version: string): Promise<void> {
    void this.changeVersion(name, version, () => ({}));
    return this.changeModel(name, ({ aliases }) => ({
      aliases: [...aliases.filter((each) => each.alias !== alias), { alias, version }],
    }));
  }

  deleteAlias(name: string, alias: string): Promise<void> {
    return this.changeModel(name, ({ aliases }) => ({
      aliases: aliases.filter((each) => each.alias !== alias),
    }));
  }

  private changeModel(
    name: string,
    change: (now: RegisteredModel) => Partial<RegisteredModel>,
  ): Promise<void> {
    if (this.data.models.every((model) => model.name !== name)) {
      throw new MlflowError('notFound', 'missing');
    }
    this.data.models = this.data.models.map((model) =>
      model.name === name ? { ...model, ...change(model) } : model,
    );
    return Promise.resolve();
  }

  private changeVersion(
    name: string,
    version: string,
    change: (now: ModelVersion) => Partial<ModelVersion>,
  ): Promise<void> {
    const isMeant = (each: ModelVersion): boolean => each.name === name && each.version === version;
    if (!this.data.versions.some(isMeant)) {
      throw new MlflowError('notFound', 'missing');
    }
    this.data.versions = this.data.versions.map((each) =>
      isMeant(each) ? { ...each, ...change(each) } : each,
    );
    return Promise.resolve();
  }

  private refuseTaken(name: string): void {
    if (this.data.models.some((model) => model.name === name)) {
      throw new MlflowError('rejected', 'invalid', { errorCode: 'RESOURCE_ALREADY_EXISTS' });
    }
  }
}

/** A model as a server tells it, with the newest version of each stage. */
export function withLatest(
  model: RegisteredModel,
  versions: readonly ModelVersion[],
): RegisteredModel {
  const own = versions.filter(({ name }) => name === model.name);
  const newest = stages.flatMap((stage) => {
    const [first] = own
      .filter((each) => each.stage === stage)
      .toSorted((a, b) => Number(b.version) - Number(a.version));
    return first ?? [];
  });
  return { ...model, latestVersions: newest.length > 0 ? newest : model.latestVersions };
}

function withTag(tags: readonly Tag[], key: string, value?: string): readonly Tag[] {
  const others = tags.filter((tag) => tag.key !== key);
  return value === undefined ? others : [...others, { key, value }];
}
