import { dirname, resolve } from 'node:path';
import type {
  Experiment,
  LoggedModel,
  MetricHistory,
  ModelVersion,
  RegisteredModel,
  Run,
} from '../../mlflow/model';
import type {
  ExperimentQuery,
  HistoryOptions,
  LoggedModelQuery,
  Page,
  RunQuery,
  SearchQuery,
  ServerInfo,
  TrackingStore,
} from '../../mlflow/trackingStore';
import { MlflowError } from '../../mlflow/errors';
import type { FileOwner } from '../../mlflow/versionPlace';
import { checkAbort } from '../local/abort';
import type { ArtifactRoot } from '../local/artifactFolder';
import { ChangeWatch } from '../local/changeWatch';
import { checkMaxResults, pageOf, pageOffset } from '../local/paging';
import { ReadOnlyStore } from '../local/readOnlyStore';
import { ExperimentFolders } from './experimentFolders';
import { itemArtifactRoot } from './itemArtifacts';
import { LoggedModelFolders } from './loggedModelFolders';
import { RegistryFolders } from './registryFolders';
import { RunFolders } from './runFolders';
import { readRunHistory } from './runHistory';
import { searchRuns } from './runSearch';
import { type Search, parseSearch, searchOfLoggedModels } from './search';
import { Shelf } from './shelf';
import { watchedFolders } from './watchedFolders';

const info: ServerInfo = {
  version: undefined,
  storeType: 'FileStore',
  uiUrl: undefined,
  can: {
    loggedModels: true,
    filterNull: true,
    pagedHistory: true,
    workspaces: false,
    artifactServing: false,
    watching: true,
  },
};

/**
 * A folder that MLflow logs into (`./mlruns`), read in place: runs, models and their metrics are as `FileStore` of MLflow 3.17 reads
 * them. An item that cannot be read is left out, which is said in the log, and loses none of the others.
 */
export class FileStore extends ReadOnlyStore implements TrackingStore {
  private readonly shelf: Shelf;
  private readonly experiments: ExperimentFolders;
  private readonly runs: RunFolders;
  private readonly registry: RegistryFolders;
  private readonly loggedModels: LoggedModelFolders;
  private readonly changes = new ChangeWatch();

  /** `root` is the folder with the experiments; `log` gets a line for what has to be left out. */
  constructor(root: string, log: (line: string) => void) {
    super();
    this.shelf = new Shelf(resolve(root), log);
    this.experiments = new ExperimentFolders(this.shelf);
    this.runs = new RunFolders(this.shelf, this.experiments);
    this.registry = new RegistryFolders(this.shelf);
    this.loggedModels = new LoggedModelFolders(this.shelf, this.experiments);
  }

  async serverInfo(signal: AbortSignal): Promise<ServerInfo> {
    this.open(signal);
    return info;
  }

  recheck(signal: AbortSignal): Promise<ServerInfo> {
    this.shelf.disk.forgetListings();
    return this.serverInfo(signal);
  }

  async searchExperiments(query: ExperimentQuery, signal: AbortSignal): Promise<Page<Experiment>> {
    this.open(signal);
    const search = parseSearch('experiments', query);
    return found(query, 50_000, search, () => this.experiments.list(query.view, signal));
  }

  async getExperiment(id: string, signal: AbortSignal): Promise<Experiment> {
    this.open(signal);
    return this.experiments.get(id, signal);
  }

  async searchRuns(query: RunQuery, signal: AbortSignal): Promise<Page<Run>> {
    this.open(signal);
    return searchRuns(this.runs, query, signal);
  }

  async getRun(id: string, signal: AbortSignal): Promise<Run> {
    this.open(signal);
    return this.runs.read(await this.runs.get(id, signal), signal);
  }

  async metricHistory(
    runId: string,
    key: string,
    { maxPoints }: HistoryOptions,
    signal: AbortSignal,
  ): Promise<MetricHistory> {
    this.open(signal);
    const { path } = await this.runs.get(runId, signal);
    return readRunHistory(this.shelf, path, key, maxPoints, signal);
  }

  protected async rootOf(owner: FileOwner, signal: AbortSignal): Promise<ArtifactRoot> {
    this.open(signal);
    if (owner.kind === 'loggedModel') {
      const { model, folder } = await this.loggedModels.get(owner.modelId, signal);
      return itemArtifactRoot(this.shelf, model.artifactUri, folder);
    }
    const run = await this.runs.get(owner.runId, signal);
    return itemArtifactRoot(this.shelf, run.info.artifactUri, run.path);
  }

  protected get storeFolder(): string {
    return dirname(this.shelf.root);
  }

  async searchRegisteredModels(
    query: SearchQuery,
    signal: AbortSignal,
  ): Promise<Page<RegisteredModel>> {
    this.open(signal);
    const search = parseSearch('registeredModels', query);
    return found(query, 1_000, search, async () =>
      (await this.registry.models(signal)).filter((model) => !isPrompt(model)),
    );
  }

  async getRegisteredModel(name: string, signal: AbortSignal): Promise<RegisteredModel> {
    this.open(signal);
    return this.registry.model(name, signal);
  }

  async searchModelVersions(query: SearchQuery, signal: AbortSignal): Promise<Page<ModelVersion>> {
    this.open(signal);
    const search = parseSearch('modelVersions', query);
    return found(query, 200_000, search, async () =>
      (await this.registry.versions(signal)).filter((version) => !isPrompt(version)),
    );
  }

  async getModelVersion(name: string, version: string, signal: AbortSignal): Promise<ModelVersion> {
    this.open(signal);
    return this.registry.version(name, version, signal);
  }

  /** Of runs only those that are running are watched; one that is changed after its end shows with the next refresh. */
  async nextChange(experimentIds: readonly string[], signal: AbortSignal): Promise<void> {
    const { shelf, experiments, runs } = this;
    const folders = await watchedFolders({ shelf, experiments, runs }, experimentIds, signal);
    await this.changes.next(folders, signal);
  }

  async searchLoggedModels(
    query: LoggedModelQuery,
    signal: AbortSignal,
  ): Promise<Page<LoggedModel>> {
    this.open(signal);
    return found(query, 50_000, searchOfLoggedModels(query), async () => {
      const models: LoggedModel[] = [];
      for (const id of new Set(query.experimentIds)) {
        models.push(...(await this.loggedModels.list(id, signal)));
      }
      return models;
    });
  }

  async getLoggedModel(id: string, signal: AbortSignal): Promise<LoggedModel> {
    this.open(signal);
    return (await this.loggedModels.get(id, signal)).model;
  }

  dispose(): void {
    this.changes.dispose();
    this.shelf.forget();
  }

  /** Throws `unreachable` while there is no such folder: a drive may be gone, or a store not made yet. */
  private open(signal: AbortSignal): void {
    checkAbort(signal);
    if (this.shelf.disk.names(this.shelf.root) === undefined) {
      throw new MlflowError('unreachable', 'network', {
        serverMessage: `The folder ${this.shelf.root} cannot be read.`,
      });
    }
  }
}

async function found<Row>(
  query: Pick<SearchQuery, 'maxResults' | 'pageToken'>,
  maxPage: number,
  search: Search<Row>,
  all: () => Promise<Row[]>,
): Promise<Page<Row>> {
  checkMaxResults(query.maxResults, maxPage);
  const offset = pageOffset(query.pageToken);
  const rows = (await all())
    .filter((row) => search.matches(row))
    .sort((a, b) => search.compare(a, b));
  return pageOf(rows, offset, query.maxResults);
}

/** Prompts are registered models with a tag (https://mlflow.org/docs/latest/genai/prompt-registry/). */
function isPrompt({ tags }: { readonly tags: RegisteredModel['tags'] }): boolean {
  return tags.some(
    ({ key, value }) => key === 'mlflow.prompt.is_prompt' && value.toLowerCase() === 'true',
  );
}
