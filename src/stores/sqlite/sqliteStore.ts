import path from 'node:path';
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
import type { FileOwner } from '../../mlflow/versionPlace';
import { ChangeWatch } from '../local/changeWatch';
import type { ArtifactRoot } from '../local/artifactFolder';
import { checkMaxResults, pageOffset, pageToken } from '../local/paging';
import { ReadOnlyStore } from '../local/readOnlyStore';
import { missing } from '../local/refusals';
import { Database, type Reading } from './database';
import { readExperiment, searchExperiments } from './experiments';
import { findRuns } from './findRuns';
import { readLoggedModel, searchLoggedModels } from './loggedModels';
import { readPoints } from './metricHistory';
import { readModelVersion, searchModelVersions } from './modelVersions';
import type { Reader } from './openDatabase';
import { readRuns } from './readRuns';
import { readRegisteredModel, searchRegisteredModels } from './registeredModels';
import { watchedDatabase } from './watchDatabase';

/** An MLflow database (SQLite), read in its place; it is changed through a server. */
export class SqliteStore extends ReadOnlyStore implements TrackingStore {
  private readonly database: Database;
  protected readonly storeFolder: string;
  private readonly changes = new ChangeWatch();

  /**
   * Opens nothing yet. `log` gets a line for each request and each opening.
   *
   * @param file absolute
   */
  constructor(
    private readonly file: string,
    private readonly log: (line: string) => void,
  ) {
    super();
    this.database = new Database(file, log);
    this.storeFolder = path.dirname(file);
  }

  serverInfo(signal: AbortSignal): Promise<ServerInfo> {
    return this.read('server info', readServerInfo, signal);
  }

  recheck(signal: AbortSignal): Promise<ServerInfo> {
    return this.serverInfo(signal);
  }

  async searchExperiments(query: ExperimentQuery, signal: AbortSignal): Promise<Page<Experiment>> {
    checkMaxResults(query.maxResults, 50_000);
    const search = (reader: Reader) => searchExperiments(reader, query);
    return this.read('experiments', search, signal);
  }

  getExperiment(id: string, signal: AbortSignal): Promise<Experiment> {
    return this.read('experiment', (reader) => readExperiment(reader, id), signal);
  }

  async searchRuns(query: RunQuery, signal: AbortSignal): Promise<Page<Run>> {
    checkMaxResults(query.maxResults, 50_000);
    return query.experimentIds.length === 0
      ? { items: [], nextPageToken: undefined }
      : this.read('runs', (reader) => searchRuns(reader, query), signal);
  }

  getRun(id: string, signal: AbortSignal): Promise<Run> {
    return this.read('run', (reader) => readRun(reader, id), signal);
  }

  async metricHistory(
    runId: string,
    key: string,
    options: HistoryOptions,
    signal: AbortSignal,
  ): Promise<MetricHistory> {
    const points = await this.read('history', (reader) => readPoints(reader, runId, key), signal);
    return points.toHistory(key, options.maxPoints, signal);
  }

  protected async rootOf(owner: FileOwner, signal: AbortSignal): Promise<ArtifactRoot> {
    const { artifactUri } =
      owner.kind === 'run'
        ? await this.getRun(owner.runId, signal)
        : await this.getLoggedModel(owner.modelId, signal);
    return { uri: artifactUri, storeFolder: this.storeFolder };
  }

  async searchRegisteredModels(
    query: SearchQuery,
    signal: AbortSignal,
  ): Promise<Page<RegisteredModel>> {
    checkMaxResults(query.maxResults, 1000);
    const search = (reader: Reader) => searchRegisteredModels(reader, query);
    return this.read('registered models', search, signal);
  }

  getRegisteredModel(name: string, signal: AbortSignal): Promise<RegisteredModel> {
    return this.read('registered model', (reader) => readRegisteredModel(reader, name), signal);
  }

  async searchModelVersions(query: SearchQuery, signal: AbortSignal): Promise<Page<ModelVersion>> {
    checkMaxResults(query.maxResults, 200_000);
    const search = (reader: Reader) => searchModelVersions(reader, query);
    return this.read('model versions', search, signal);
  }

  getModelVersion(name: string, version: string, signal: AbortSignal): Promise<ModelVersion> {
    const read = (reader: Reader) => readModelVersion(reader, name, version);
    return this.read('model version', read, signal);
  }

  /** Whatever changes in the database is told, whichever the experiments are. */
  nextChange(_experimentIds: readonly string[], signal: AbortSignal): Promise<void> {
    return this.changes.next(watchedDatabase(this.file), signal);
  }

  async searchLoggedModels(
    query: LoggedModelQuery,
    signal: AbortSignal,
  ): Promise<Page<LoggedModel>> {
    checkMaxResults(query.maxResults, 50_000);
    return this.read('logged models', (reader) => searchLoggedModels(reader, query), signal);
  }

  getLoggedModel(id: string, signal: AbortSignal): Promise<LoggedModel> {
    return this.read('logged model', (reader) => readLoggedModel(reader, id), signal);
  }

  dispose(): void {
    this.changes.dispose();
    this.database.dispose();
  }

  private async read<T>(
    what: string,
    reading: (reader: Reader) => Reading<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const started = performance.now();
    let outcome = 'failed after';
    try {
      const result = await this.database.read(reading, signal);
      outcome = 'read in';
      return result;
    } finally {
      this.log(`${what}: ${outcome} ${Math.round(performance.now() - started)} ms`);
    }
  }
}

function* readServerInfo(reader: Reader): Reading<ServerInfo> {
  const { schema } = reader;
  yield;
  return {
    version: undefined,
    storeType: 'SqlStore',
    uiUrl: undefined,
    can: {
      loggedModels: schema.loggedModels,
      filterNull: schema.version === 3,
      pagedHistory: true,
      workspaces: false,
      artifactServing: false,
      watching: true,
    },
  };
}

function* searchRuns(reader: Reader, query: RunQuery): Reading<Page<Run>> {
  const offset = pageOffset(query.pageToken);
  const ids = yield* findRuns(reader, query, offset, query.maxResults + 1);
  const more = ids.length > query.maxResults;
  return {
    items: yield* readRuns(reader, ids.slice(0, query.maxResults)),
    nextPageToken: more ? pageToken(offset + query.maxResults) : undefined,
  };
}

function* readRun(reader: Reader, id: string): Reading<Run> {
  const [run] = yield* readRuns(reader, [id]);
  if (run === undefined) {
    throw missing(`Run with id=${id} not found`);
  }
  return run;
}
