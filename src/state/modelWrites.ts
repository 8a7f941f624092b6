import { isAbortError, MlflowError } from '../mlflow/errors';
import { nameContains, quoteValue } from '../mlflow/filterText';
import type { ModelVersion, RegisteredModel, Tag } from '../mlflow/model';
import type { NewModelVersion } from '../mlflow/registry/registryChanges';
import {
  afterStep,
  registryState,
  type RegistryState,
  type RegistryStep,
} from '../mlflow/registry/registryState';
import { readStage } from '../mlflow/registry/stages';
import { undoSteps } from '../mlflow/registry/undoSteps';
import type { ServerInfo, TrackingStore } from '../mlflow/trackingStore';
import type { Models } from './models';

/** A move of versions between stages and of aliases between versions, and what is needed to take it back. */
export interface Move {
  readonly name: string;
  /** As it was before the first step. */
  readonly before: RegistryState;
  readonly steps: readonly RegistryStep[];
  /** As it was found to be afterwards; `undefined` where that could not be read. */
  readonly after: RegistryState | undefined;
  /** How many steps were made for sure. */
  readonly done: number;
  /** Why the next one was not. */
  readonly error: unknown;
}

/** What became of taking a move back. */
export interface Undone {
  /** Versions and aliases (`@name`) that somebody else has changed since: they were left alone. */
  readonly left: readonly string[];
}

const versionsPerPage = 10_000;
/** How often a version that is being registered is looked at, in milliseconds. */
const pendingInterval = 1000;
/** A change that has begun ends by itself. */
const never = new AbortController().signal;

/** Changes the registered models of one connection, and shows at once what came of it. */
export class ModelWrites {
  constructor(
    private readonly registry: TrackingStore,
    private readonly models: Models,
  ) {}

  /** What the registry's server is. */
  serverInfo(): Promise<ServerInfo> {
    return this.registry.serverInfo(never);
  }

  getModel(name: string): Promise<RegisteredModel> {
    return this.registry.getRegisteredModel(name, never);
  }

  getVersion(name: string, version: string): Promise<ModelVersion> {
    return this.registry.getModelVersion(name, version, never);
  }

  /** Models whose names contain `text`, some of them. */
  async find(text: string, signal: AbortSignal): Promise<readonly RegisteredModel[]> {
    const query = { filter: nameContains(text), orderBy: ['name ASC'], maxResults: 100 };
    return (await this.registry.searchRegisteredModels(query, signal)).items;
  }

  /** All versions, newest first; of a name that no filter can hold, the newest of each stage. */
  async allVersions(model: RegisteredModel): Promise<readonly ModelVersion[]> {
    if (/'/.test(model.name) && /"/.test(model.name)) {
      return model.latestVersions.toSorted((a, b) => Number(b.version) - Number(a.version));
    }
    const versions: ModelVersion[] = [];
    let pageToken: string | undefined;
    do {
      const page = await this.registry.searchModelVersions(
        {
          filter: `name = ${quoteValue(model.name)}`,
          orderBy: ['version_number DESC'],
          maxResults: versionsPerPage,
          pageToken,
        },
        never,
      );
      versions.push(...page.items);
      pageToken = page.items.length === 0 ? undefined : page.nextPageToken;
    } while (pageToken !== undefined);
    return versions;
  }

  /** Versions of any model that were made of a run, the newest of them. */
  async versionsOfRun(runId: string): Promise<readonly ModelVersion[]> {
    const query = { filter: `run_id = ${quoteValue(runId)}`, maxResults: 1000 };
    return (await this.registry.searchModelVersions(query, never)).items;
  }

  /** Where the versions of a model stand now; what is shown of them is as new. */
  async stateOf(name: string): Promise<RegistryState> {
    try {
      const model = await this.registry.getRegisteredModel(name, never);
      const versions = await this.allVersions(model);
      const now = new Map(versions.map((version) => [version.version, version]));
      const gone = this.models.versions(name).items.filter(({ version }) => !now.has(version));
      this.models.apply(
        name,
        () => model,
        (version) => newer(version, now.get(version.version)),
        gone.map(({ version }) => version),
      );
      return registryState(model, versions);
    } catch (error) {
      await this.dropIfGone(name, error);
      throw error;
    }
  }

  /**
   * Takes the steps one after another and shows each. Never rejects: what went wrong is told beside what was done, so that it
   * can be taken back.
   */
  async carryOut(
    name: string,
    before: RegistryState,
    steps: readonly RegistryStep[],
  ): Promise<Move> {
    let done = 0;
    let failure: unknown;
    try {
      for (const step of steps) {
        await this.take(name, step);
        done++;
      }
    } catch (error) {
      failure = error;
    }
    const after = await this.stateOf(name).catch(() => undefined);
    return { name, before, steps, after, done, error: failure };
  }

  /** Takes a move back, as far as nobody else has changed the same since. Rejects half-way; then it can be called again. */
  async undo({ name, before, steps }: Move): Promise<Undone> {
    const { steps: back, left } = undoSteps(before, steps, await this.stateOf(name));
    try {
      for (const step of back) {
        await this.take(name, step);
      }
    } finally {
      await this.models.refresh(name);
    }
    return { left };
  }

  async createModel(name: string): Promise<void> {
    await this.registry.createRegisteredModel(name, never);
    await ifReadable(this.models.show(name));
  }

  async renameModel(name: string, newName: string): Promise<void> {
    await this.orGone(name, this.registry.renameRegisteredModel(name, newName, never));
    this.models.drop(name);
    await ifReadable(this.models.show(newName));
  }

  async deleteModel(name: string): Promise<void> {
    await this.orGone(name, this.registry.deleteRegisteredModel(name, never));
    this.models.drop(name);
  }

  async deleteVersion(name: string, version: string): Promise<void> {
    await this.orGone(name, this.registry.deleteModelVersion(name, version, never));
    this.forgetVersion(name, version);
    await this.dropAliases(name, version);
    await this.models.refresh(name);
  }

  /** Resolves to the version once the registry has it; it may be pending still. */
  async register(version: NewModelVersion): Promise<ModelVersion> {
    const made = await this.orGone(version.name, this.registry.createModelVersion(version, never));
    await ifReadable(this.models.showVersion(made.name, made.version));
    return made;
  }

  /** Looks at a version until it is registered or has failed to be. */
  async untilRegistered(made: ModelVersion, signal: AbortSignal): Promise<ModelVersion> {
    let now = made;
    while (now.status === 'PENDING_REGISTRATION') {
      await pause(signal);
      now = await this.registry.getModelVersion(made.name, made.version, signal);
    }
    if (now !== made) {
      this.models.apply(
        made.name,
        (model) => model,
        (version) => (version.version === now.version ? now : version),
      );
    }
    return now;
  }

  async describeModel(name: string, description: string): Promise<void> {
    await this.orGone(name, this.registry.describeRegisteredModel(name, description, never));
    this.models.apply(name, (model) => ({ ...model, description }));
  }

  async describeVersion(name: string, version: string, description: string): Promise<void> {
    await this.orGone(name, this.registry.describeModelVersion(name, version, description, never));
    this.applyToVersion(name, version, (now) => ({ ...now, description }));
  }

  async setModelTag(name: string, key: string, value: string): Promise<void> {
    await this.orGone(name, this.registry.setModelTag(name, key, value, never));
    this.models.apply(name, (model) => ({ ...model, tags: withTag(model.tags, key, value) }));
  }

  async deleteModelTag(name: string, key: string): Promise<void> {
    await this.orGone(name, this.registry.deleteModelTag(name, key, never));
    this.models.apply(name, (model) => ({ ...model, tags: withTag(model.tags, key) }));
  }

  async setVersionTag(name: string, version: string, key: string, value: string): Promise<void> {
    await this.orGone(name, this.registry.setVersionTag(name, version, key, value, never));
    this.applyToVersion(name, version, (now) => ({ ...now, tags: withTag(now.tags, key, value) }));
  }

  async deleteVersionTag(name: string, version: string, key: string): Promise<void> {
    await this.orGone(name, this.registry.deleteVersionTag(name, version, key, never));
    this.applyToVersion(name, version, (now) => ({ ...now, tags: withTag(now.tags, key) }));
  }

  private async take(name: string, step: RegistryStep): Promise<void> {
    switch (step.kind) {
      case 'stage': {
        const { version, stage, archiveOthers } = step;
        await this.registry.transitionStage(name, version, stage, archiveOthers, never);
        break;
      }
      case 'setAlias':
        await this.registry.setAlias(name, step.alias, step.version, never);
        break;
      case 'deleteAlias':
        await this.registry.deleteAlias(name, step.alias, never);
        break;
    }
    this.showStep(name, step);
  }

  private showStep(name: string, step: RegistryStep): void {
    this.models.apply(
      name,
      (model) => {
        const after = afterStep(registryState(model, []), step);
        const aliases = [...after.aliases].map(([alias, version]) => ({ alias, version }));
        return { ...model, aliases };
      },
      (version) => {
        const stage = afterStep(registryState({ aliases: [] }, [version]), step).stages.get(
          version.version,
        );
        return stage === undefined || stage === readStage(version.stage)
          ? version
          : { ...version, stage };
      },
    );
  }

  private applyToVersion(
    name: string,
    version: string,
    change: (now: ModelVersion) => ModelVersion,
  ): void {
    this.models.apply(
      name,
      (model) => model,
      (now) => (now.version === version ? change(now) : now),
    );
  }

  private forgetVersion(name: string, version: string): void {
    const withoutIt = (model: RegisteredModel): RegisteredModel => ({
      ...model,
      aliases: model.aliases.filter((alias) => alias.version !== version),
      latestVersions: model.latestVersions.filter((latest) => latest.version !== version),
    });
    this.models.apply(name, withoutIt, undefined, [version]);
  }

  /** MLflow 2 leaves aliases behind that point at nothing; what asks for them would fail. */
  private async dropAliases(name: string, version: string): Promise<void> {
    try {
      const { aliases } = await this.registry.getRegisteredModel(name, never);
      for (const { alias } of aliases.filter((each) => each.version === version)) {
        await this.registry.deleteAlias(name, alias, never);
      }
    } catch (error) {
      if (!(error instanceof MlflowError)) {
        throw error;
      }
    }
  }

  /** What somebody else took away meanwhile is shown no longer. */
  private async orGone<T>(name: string, change: Promise<T>): Promise<T> {
    try {
      return await change;
    } catch (error) {
      if (isNotFound(error)) {
        await ifReadable(this.stateOf(name));
      }
      throw error;
    }
  }

  private async dropIfGone(name: string, error: unknown): Promise<void> {
    if (isNotFound(error)) {
      await this.models.refresh(name);
    }
  }
}

/** A change that was made is no failure because it cannot be read just now; the lists say that of themselves. */
async function ifReadable(showing: Promise<unknown>): Promise<void> {
  try {
    await showing;
  } catch (error) {
    if (!(error instanceof MlflowError) && !isAbortError(error)) {
      throw error;
    }
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof MlflowError && error.kind === 'notFound';
}

/** Another reading of a version; the one that is there where both say the same. */
function newer(version: ModelVersion, now: ModelVersion | undefined): ModelVersion {
  return now === undefined || JSON.stringify(now) === JSON.stringify(version) ? version : now;
}

function withTag(tags: readonly Tag[], key: string, value?: string): readonly Tag[] {
  const at = tags.findIndex((tag) => tag.key === key);
  if (value === undefined) {
    return tags.filter((tag) => tag.key !== key);
  }
  return at < 0 ? [...tags, { key, value }] : tags.with(at, { key, value });
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, pendingInterval);
    signal.addEventListener('abort', stop, { once: true });
    signal.throwIfAborted();
  });
}
