import { MlflowError } from '../../mlflow/errors';
import type {
  ArtifactListing,
  ArtifactOwner,
  ArtifactPlace,
  Experiment,
  LoggedModel,
  MetricHistory,
  ModelVersion,
  Param,
  RegisteredModel,
  Run,
} from '../../mlflow/model';
import type {
  ArtifactRange,
  ArtifactStream,
  ArtifactTarget,
  ExperimentQuery,
  HistoryOptions,
  LoggedModelQuery,
  NewRun,
  Page,
  RunEnd,
  RunQuery,
  SampleOptions,
  SaveProgress,
  SavedArtifact,
  SearchQuery,
  ServerInfo,
  TrackingStore,
  ViewType,
} from '../../mlflow/trackingStore';
import {
  RegistryPort,
  passOn,
  type RegistryArguments,
  type RegistryChange,
  type RegistryOutcome,
} from '../../mlflow/registry/registryChanges';
import type { Transport } from '../../mlflow/transport';
import { Api } from './api';
import { ArtifactListings } from './artifactListings';
import { ArtifactRoots } from './artifactRoots';
import { decodeExperiment, decodeExperimentPage } from './decodeExperiments';
import { decodeLoggedModel, decodeLoggedModelPage } from './decodeLoggedModels';
import {
  decodeModelVersion,
  decodeModelVersionPage,
  decodeRegisteredModel,
  decodeRegisteredModelPage,
} from './decodeRegistry';
import { decodeRun, decodeRunPage } from './decodeRuns';
import { type RestOptions, defaultRestOptions } from './http';
import { RestArtifacts } from './restArtifacts';
import { RestHistories } from './restHistories';
import { RestNewRuns } from './restNewRuns';
import { RestRegistryWrites } from './restRegistryWrites';
import { RestUploads } from './restUploads';
import { RestWrites } from './restWrites';

const viewTypes: Readonly<Record<ViewType, string>> = {
  active: 'ACTIVE_ONLY',
  deleted: 'DELETED_ONLY',
  all: 'ALL',
};

/** A tracking server, MLflow 2 or 3, over its REST API. */
export class RestStore extends RegistryPort implements TrackingStore {
  private readonly api: Api;
  private readonly writes: RestWrites;
  private readonly newRuns: RestNewRuns;
  private readonly histories: RestHistories;
  private readonly registryWrites: RestRegistryWrites;
  private readonly listings: ArtifactListings;
  private readonly artifacts: RestArtifacts;
  private readonly uploads: RestUploads;

  /**
   * `log` gets one line per request. Throws `unsupported`: `scheme` where `uri` is no URL,
   * `transport` where headers, certificates or a proxy cannot be used.
   */
  constructor(
    uri: string,
    log: (line: string) => void,
    transport: Transport = {},
    options: Partial<RestOptions> = {},
  ) {
    super();
    this.api = new Api(uri, transport, { ...defaultRestOptions, ...options }, log);
    this.writes = new RestWrites(this.api);
    this.newRuns = new RestNewRuns(this.api);
    this.histories = new RestHistories(this.api);
    this.registryWrites = new RestRegistryWrites(this.api);
    const roots = new ArtifactRoots(this);
    this.listings = new ArtifactListings(this.api, roots);
    this.uploads = new RestUploads(this.api, roots, this.listings);
    this.artifacts = new RestArtifacts(this.api, roots, this.listings);
  }

  serverInfo(signal: AbortSignal): Promise<ServerInfo> {
    return this.api.serverInfo(signal);
  }

  recheck(signal: AbortSignal): Promise<ServerInfo> {
    return this.api.recheck(signal);
  }

  searchExperiments(query: ExperimentQuery, signal: AbortSignal): Promise<Page<Experiment>> {
    const body = { ...searchBody(query), view_type: viewTypes[query.view] };
    const decodePage = advancing(decodeExperimentPage, query.pageToken);
    return this.post('experiments/search', body, decodePage, signal);
  }

  getExperiment(id: string, signal: AbortSignal): Promise<Experiment> {
    return this.get('experiments/get', { experiment_id: id }, decodeExperiment, signal);
  }

  createExperiment(name: string, signal: AbortSignal): Promise<string> {
    return this.writes.createExperiment(name, signal);
  }

  renameExperiment(id: string, name: string, signal: AbortSignal): Promise<void> {
    return this.writes.renameExperiment(id, name, signal);
  }

  deleteExperiment(id: string, signal: AbortSignal): Promise<void> {
    return this.writes.deleteExperiment(id, signal);
  }

  restoreExperiment(id: string, signal: AbortSignal): Promise<void> {
    return this.writes.restoreExperiment(id, signal);
  }

  setExperimentTag(id: string, key: string, value: string, signal: AbortSignal): Promise<void> {
    return this.writes.setExperimentTag(id, key, value, signal);
  }

  async searchRuns(query: RunQuery, signal: AbortSignal): Promise<Page<Run>> {
    if (query.experimentIds.length === 0) {
      return { items: [], nextPageToken: undefined };
    }
    const body = {
      ...searchBody(query),
      experiment_ids: query.experimentIds,
      run_view_type: viewTypes[query.view],
    };
    return this.post('runs/search', body, advancing(decodeRunPage, query.pageToken), signal);
  }

  getRun(id: string, signal: AbortSignal): Promise<Run> {
    return this.get('runs/get', { run_id: id }, decodeRun, signal);
  }

  renameRun(id: string, name: string, signal: AbortSignal): Promise<void> {
    return this.writes.renameRun(id, name, signal);
  }

  deleteRun(id: string, signal: AbortSignal): Promise<void> {
    return this.writes.deleteRun(id, signal);
  }

  restoreRun(id: string, signal: AbortSignal): Promise<void> {
    return this.writes.restoreRun(id, signal);
  }

  setRunTag(id: string, key: string, value: string, signal: AbortSignal): Promise<void> {
    return this.writes.setRunTag(id, key, value, signal);
  }

  deleteRunTag(id: string, key: string, signal: AbortSignal): Promise<void> {
    return this.writes.deleteRunTag(id, key, signal);
  }

  createRun(experimentId: string, run: NewRun, signal: AbortSignal): Promise<Run> {
    return this.newRuns.create(experimentId, run, signal);
  }

  logParam(runId: string, key: string, value: string, signal: AbortSignal): Promise<void> {
    return this.newRuns.logParam(runId, key, value, signal);
  }

  logParams(runId: string, params: readonly Param[], signal: AbortSignal): Promise<void> {
    return this.newRuns.logParams(runId, params, signal);
  }

  reopenRun(runId: string, signal: AbortSignal): Promise<void> {
    return this.newRuns.setStatus(runId, 'RUNNING', undefined, signal);
  }

  endRun(runId: string, status: RunEnd, endTime: number, signal: AbortSignal): Promise<void> {
    return this.newRuns.setStatus(runId, status, endTime, signal);
  }

  metricHistory(
    runId: string,
    key: string,
    options: HistoryOptions,
    signal: AbortSignal,
  ): Promise<MetricHistory> {
    return this.histories.whole(runId, key, options.maxPoints, signal);
  }

  sampledHistory(
    runId: string,
    key: string,
    options: SampleOptions,
    signal: AbortSignal,
  ): Promise<MetricHistory> {
    return this.histories.sampled(runId, key, options, signal);
  }

  listArtifacts(owner: ArtifactOwner, path: string, signal: AbortSignal): Promise<ArtifactListing> {
    const listed = this.listings.list(owner, path, signal);
    return owner.kind === 'loggedModel' ? this.sinceMlflow3(listed, signal) : listed;
  }

  openArtifact(
    place: ArtifactPlace,
    range: ArtifactRange,
    signal: AbortSignal,
  ): Promise<ArtifactStream> {
    return this.artifacts.open(place, range, signal);
  }

  saveArtifact(
    place: ArtifactPlace,
    target: ArtifactTarget,
    onProgress: (progress: SaveProgress) => void,
    signal: AbortSignal,
  ): Promise<SavedArtifact> {
    return this.artifacts.save(place, target, onProgress, signal);
  }

  logArtifact(
    runId: string,
    path: string,
    file: string,
    onProgress: (sent: number) => void,
    signal: AbortSignal,
  ): Promise<void> {
    return this.uploads.log(runId, path, file, onProgress, signal);
  }

  searchRegisteredModels(query: SearchQuery, signal: AbortSignal): Promise<Page<RegisteredModel>> {
    const decodePage = advancing(decodeRegisteredModelPage, query.pageToken);
    return this.get('registered-models/search', searchBody(query), decodePage, signal);
  }

  getRegisteredModel(name: string, signal: AbortSignal): Promise<RegisteredModel> {
    return this.get('registered-models/get', { name }, decodeRegisteredModel, signal);
  }

  searchModelVersions(query: SearchQuery, signal: AbortSignal): Promise<Page<ModelVersion>> {
    const decodePage = advancing(decodeModelVersionPage, query.pageToken);
    return this.get('model-versions/search', searchBody(query), decodePage, signal);
  }

  getModelVersion(name: string, version: string, signal: AbortSignal): Promise<ModelVersion> {
    return this.get('model-versions/get', { name, version }, decodeModelVersion, signal);
  }

  nextChange(): Promise<void> {
    const serverMessage = 'a server does not tell when it has changed';
    return Promise.reject(new MlflowError('unsupported', 'feature', { serverMessage }));
  }

  searchLoggedModels(query: LoggedModelQuery, signal: AbortSignal): Promise<Page<LoggedModel>> {
    const body = { ...searchBody(query), experiment_ids: query.experimentIds };
    const decodePage = advancing(decodeLoggedModelPage, query.pageToken);
    return this.sinceMlflow3(this.post('logged-models/search', body, decodePage, signal), signal);
  }

  getLoggedModel(id: string, signal: AbortSignal): Promise<LoggedModel> {
    const call = `logged-models/${encodeURIComponent(id)}`;
    return this.sinceMlflow3(this.get(call, {}, decodeLoggedModel, signal), signal);
  }

  dispose(): void {
    this.api.dispose();
  }

  protected changeRegistry<M extends RegistryChange>(
    method: M,
    args: RegistryArguments<M>,
  ): RegistryOutcome<M> {
    return passOn(this.registryWrites, method, args);
  }

  private get<T>(
    call: string,
    parameters: Parameters,
    decodeReply: (value: unknown) => T,
    signal: AbortSignal,
  ): Promise<T> {
    const query = toQuery(parameters);
    return this.api.ask({ method: 'GET', call, query }, decodeReply, signal);
  }

  private post<T>(
    call: string,
    body: object,
    decodeReply: (value: unknown) => T,
    signal: AbortSignal,
  ): Promise<T> {
    return this.api.ask({ method: 'POST', call, body }, decodeReply, signal);
  }

  /** MLflow 2 answers an address it does not know with a page of HTML, and so does a proxy. */
  private async sinceMlflow3<T>(asked: Promise<T>, signal: AbortSignal): Promise<T> {
    try {
      return await asked;
    } catch (error) {
      if (error instanceof MlflowError && error.detail.status === 404 && error.reason === 'html') {
        const { version, can } = await this.api.recheck(signal);
        if (!can.loggedModels) {
          const { origin, request } = error.detail;
          throw new MlflowError('unsupported', 'feature', {
            origin,
            request,
            ...(version !== undefined && { serverMessage: `MLflow ${version}` }),
          });
        }
      }
      throw error;
    }
  }
}

type Parameters = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** What a search sends, under MLflow's names; `undefined` is left out. */
function searchBody(query: SearchQuery): Parameters {
  return {
    max_results: query.maxResults,
    filter: query.filter === '' ? undefined : query.filter,
    order_by: query.orderBy,
    page_token: query.pageToken,
  };
}

/** A list becomes a repeated parameter. */
function toQuery(parameters: Parameters): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const single of Array.isArray(value) ? (value as string[]) : [value]) {
      if (single !== undefined) {
        query.append(name, String(single));
      }
    }
  }
  return query;
}

/** A page that leads to itself would be read for ever. */
function advancing<T>(
  decodeReply: (value: unknown) => Page<T>,
  sentToken: string | undefined,
): (value: unknown) => Page<T> {
  return (value) => {
    const page = decodeReply(value);
    if (page.nextPageToken !== undefined && page.nextPageToken === sentToken) {
      throw new MlflowError('malformed', 'paging');
    }
    return page;
  };
}
