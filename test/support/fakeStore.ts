import type {
  Experiment,
  ModelVersion,
  Param,
  RegisteredModel,
  Run,
  Tag,
} from '../../src/mlflow/model';
import type {
  ExperimentQuery,
  NewRun,
  Page,
  RunEnd,
  RunQuery,
  SearchQuery,
  ServerInfo,
  TrackingStore,
} from '../../src/mlflow/trackingStore';
import {
  RegistryPort,
  passOn,
  type RegistryArguments,
  type RegistryChange,
  type RegistryOutcome,
} from '../../src/mlflow/registry/registryChanges';
import { matches } from './fakeFilter';
import { found, notNeeded, pageOf, withParams, withTag } from './fakeAnswers';
import { FakeRegistry, withLatest } from './fakeRegistry';

/** An experiment with nothing in it. */
export function anExperiment(id: string, changes: Partial<Experiment> = {}): Experiment {
  return {
    id,
    name: `experiment ${id}`,
    artifactLocation: `mlflow-artifacts:/${id}`,
    lifecycleStage: 'active',
    creationTime: 1000,
    lastUpdateTime: 1000,
    tags: [],
    ...changes,
  };
}

/** A finished run of experiment `1`. */
export function aRun(id: string, changes: Partial<Run> = {}): Run {
  return {
    id,
    experimentId: '1',
    name: `run ${id}`,
    userId: 'me',
    status: 'FINISHED',
    startTime: 1000,
    endTime: 2000,
    artifactUri: '',
    lifecycleStage: 'active',
    params: [],
    metrics: [],
    tags: [],
    datasets: [],
    modelOutputs: [],
    ...changes,
  };
}

/** A run whose parent is `parentId`. */
export function aChild(id: string, parentId: string, changes: Partial<Run> = {}): Run {
  return aRun(id, { ...changes, tags: [parentTag(parentId), ...(changes.tags ?? [])] });
}

function parentTag(value: string): Tag {
  return { key: 'mlflow.parentRunId', value };
}

export function aModel(name: string, changes: Partial<RegisteredModel> = {}): RegisteredModel {
  return {
    name,
    description: '',
    creationTime: 1000,
    lastUpdatedTime: 1000,
    tags: [],
    aliases: [],
    latestVersions: [],
    ...changes,
  };
}

export function aVersion(
  name: string,
  version: string,
  changes: Partial<ModelVersion> = {},
): ModelVersion {
  return {
    name,
    version,
    stage: 'None',
    status: 'READY',
    statusMessage: '',
    description: '',
    userId: 'me',
    source: '',
    runId: undefined,
    modelId: undefined,
    creationTime: 1000,
    lastUpdatedTime: 1000,
    tags: [],
    aliases: [],
    ...changes,
  };
}

export const someServer: ServerInfo = {
  version: '3.17.2',
  storeType: 'SqlStore',
  uiUrl: 'http://127.0.0.1:5000',
  can: {
    loggedModels: true,
    filterNull: true,
    pagedHistory: true,
    workspaces: false,
    artifactServing: true,
    watching: false,
  },
};

/** One request, as the store got it. */
export interface Call {
  readonly method: string;
  readonly query: Partial<RunQuery & ExperimentQuery> & { readonly id?: string };
  readonly signal: AbortSignal;
}

/**
 * A tracking server's data in memory, for tests of the state. Tokens are offsets, as MLflow's are.
 * What a test wants to go wrong, or to wait, it says in {@link before}.
 */
export class FakeStore extends RegistryPort implements TrackingStore {
  experiments: Experiment[] = [];
  runs: Run[] = [];
  models: RegisteredModel[] = [];
  versions: ModelVersion[] = [];
  readonly calls: Call[] = [];
  disposals = 0;
  private made = 0;
  hasChanged: () => void = () => undefined;
  /** Runs before each answer. */
  before: (call: Call) => Promise<void> | void = () => undefined;

  /** Filters of the run searches so far, oldest first. */
  get runFilters(): readonly (string | undefined)[] {
    return this.callsOf('searchRuns').map(({ query }) => query.filter);
  }

  callsOf(method: string): readonly Call[] {
    return this.calls.filter((call) => call.method === method);
  }

  /** Puts another reading in the place of a run. */
  change(id: string, changes: Partial<Run>): void {
    this.runs = this.runs.map((run) => (run.id === id ? { ...run, ...changes } : run));
  }

  async serverInfo(signal: AbortSignal): Promise<ServerInfo> {
    await this.called('serverInfo', {}, signal);
    return someServer;
  }

  async recheck(signal: AbortSignal): Promise<ServerInfo> {
    await this.called('recheck', {}, signal);
    return someServer;
  }

  async createExperiment(name: string, signal: AbortSignal): Promise<string> {
    await this.called('createExperiment', { id: name }, signal);
    const id = String(this.experiments.length + 1);
    this.experiments = [...this.experiments, anExperiment(id, { name })];
    return id;
  }

  renameExperiment(id: string, name: string, signal: AbortSignal): Promise<void> {
    return this.changeExperiment('renameExperiment', id, { name }, signal);
  }

  async deleteExperiment(id: string, signal: AbortSignal): Promise<void> {
    await this.changeExperiment('deleteExperiment', id, { lifecycleStage: 'deleted' }, signal);
    this.changeRunsOf(id, { lifecycleStage: 'deleted' });
  }

  async restoreExperiment(id: string, signal: AbortSignal): Promise<void> {
    await this.changeExperiment('restoreExperiment', id, { lifecycleStage: 'active' }, signal);
    this.changeRunsOf(id, { lifecycleStage: 'active' });
  }

  setExperimentTag(id: string, key: string, value: string, signal: AbortSignal): Promise<void> {
    const tags = this.experiments.find((experiment) => experiment.id === id)?.tags ?? [];
    const changed = { tags: withTag(tags, key, value) };
    return this.changeExperiment('setExperimentTag', id, changed, signal);
  }

  renameRun(id: string, name: string, signal: AbortSignal): Promise<void> {
    return this.changeRun('renameRun', id, () => ({ name }), signal);
  }

  deleteRun(id: string, signal: AbortSignal): Promise<void> {
    return this.changeRun('deleteRun', id, () => ({ lifecycleStage: 'deleted' }), signal);
  }

  restoreRun(id: string, signal: AbortSignal): Promise<void> {
    return this.changeRun('restoreRun', id, () => ({ lifecycleStage: 'active' }), signal);
  }

  setRunTag(id: string, key: string, value: string, signal: AbortSignal): Promise<void> {
    const change = (run: Run): Partial<Run> => ({ tags: withTag(run.tags, key, value) });
    return this.changeRun('setRunTag', id, change, signal);
  }

  deleteRunTag(id: string, key: string, signal: AbortSignal): Promise<void> {
    const change = (run: Run): Partial<Run> => ({ tags: withTag(run.tags, key) });
    return this.changeRun('deleteRunTag', id, change, signal);
  }

  async createRun(experimentId: string, made: NewRun, signal: AbortSignal): Promise<Run> {
    await this.called('createRun', { id: experimentId }, signal);
    const { name, startTime, tags } = made;
    const shared = { experimentId, startTime, endTime: undefined, status: 'RUNNING' } as const;
    const run = aRun(`made${++this.made}`, { ...shared, name, tags });
    this.runs = [...this.runs, run];
    return run;
  }

  async logParam(id: string, key: string, value: string, signal: AbortSignal): Promise<void> {
    await this.called('logParam', { id }, signal);
    this.change(id, withParams(found(this.runs.find((run) => run.id === id)), [{ key, value }]));
  }

  async logParams(id: string, params: readonly Param[], signal: AbortSignal): Promise<void> {
    await this.called('logParams', { id }, signal);
    this.change(id, withParams(found(this.runs.find((run) => run.id === id)), params));
  }

  reopenRun(id: string, signal: AbortSignal): Promise<void> {
    return this.changeRun('reopenRun', id, () => ({ status: 'RUNNING' }), signal);
  }

  endRun(id: string, status: RunEnd, endTime: number, signal: AbortSignal): Promise<void> {
    return this.changeRun('endRun', id, () => ({ status, endTime }), signal);
  }

  async searchExperiments(query: ExperimentQuery, signal: AbortSignal): Promise<Page<Experiment>> {
    await this.called('searchExperiments', query, signal);
    const text = /^name ILIKE '%(.*)%'$/.exec(query.filter ?? '')?.[1] ?? '';
    const exact = /^name = '(.*)'$/.exec(query.filter ?? '')?.[1];
    const found = this.experiments
      .filter(({ name }) => exact === undefined || name === exact)
      .filter(({ lifecycleStage }) => query.view === 'all' || lifecycleStage === query.view)
      .filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()));
    const byName = query.orderBy?.[0] === 'name ASC';
    const sorted = found.toSorted((a, b) =>
      byName ? a.name.localeCompare(b.name) : (b.creationTime ?? 0) - (a.creationTime ?? 0),
    );
    return pageOf(sorted, query);
  }

  async getExperiment(id: string, signal: AbortSignal): Promise<Experiment> {
    await this.called('getExperiment', { id }, signal);
    return found(this.experiments.find((experiment) => experiment.id === id));
  }

  async searchRuns(query: RunQuery, signal: AbortSignal): Promise<Page<Run>> {
    await this.called('searchRuns', query, signal);
    const matching = this.runs
      .filter(({ experimentId }) => query.experimentIds.includes(experimentId))
      .filter(({ lifecycleStage }) => query.view === 'all' || lifecycleStage === query.view)
      .filter(matches(query.filter));
    const newestFirst = query.orderBy?.[0] === 'attributes.start_time DESC';
    const sorted = newestFirst
      ? matching.toSorted((a, b) => (b.startTime ?? 0) - (a.startTime ?? 0))
      : matching;
    // Each answer is decoded anew: the same run is another object every time.
    return pageOf(
      sorted.map((run) => ({ ...run })),
      query,
    );
  }

  async getRun(id: string, signal: AbortSignal): Promise<Run> {
    await this.called('getRun', { id }, signal);
    return found(this.runs.find((run) => run.id === id));
  }

  async searchRegisteredModels(
    query: SearchQuery,
    signal: AbortSignal,
  ): Promise<Page<RegisteredModel>> {
    await this.called('searchRegisteredModels', query, signal);
    const text = /^name ILIKE '%(.*)%'$/.exec(query.filter ?? '')?.[1] ?? '';
    return pageOf(
      this.models.filter(({ name }) => name.includes(text)),
      query,
    );
  }

  async searchModelVersions(query: SearchQuery, signal: AbortSignal): Promise<Page<ModelVersion>> {
    await this.called('searchModelVersions', query, signal);
    const name = /^name = ['"](.*)['"]$/.exec(query.filter ?? '')?.[1];
    return pageOf(
      this.versions.filter((version) => version.name === name),
      query,
    );
  }

  async getRegisteredModel(name: string, signal: AbortSignal): Promise<RegisteredModel> {
    await this.called('getRegisteredModel', { id: name }, signal);
    return withLatest(found(this.models.find((model) => model.name === name)), this.versions);
  }

  async getModelVersion(name: string, version: string, signal: AbortSignal): Promise<ModelVersion> {
    await this.called('getModelVersion', { id: `${name}/${version}` }, signal);
    return found(this.versions.find((each) => each.name === name && each.version === version));
  }

  metricHistory = notNeeded;
  sampledHistory = notNeeded;
  listArtifacts = notNeeded;
  searchLoggedModels = notNeeded;
  getLoggedModel = notNeeded;
  openArtifact = notNeeded;
  saveArtifact = notNeeded;
  logArtifact = notNeeded;

  /** Resolves when the test calls {@link hasChanged}. */
  async nextChange(experimentIds: readonly string[], signal: AbortSignal): Promise<void> {
    await this.called('nextChange', { experimentIds }, signal);
    await new Promise<void>((resolve, reject) => {
      this.hasChanged = resolve;
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
  }

  dispose(): void {
    this.disposals++;
  }

  protected changeRegistry<M extends RegistryChange>(
    method: M,
    args: RegistryArguments<M>,
  ): RegistryOutcome<M> {
    const made = async (): Promise<unknown> => {
      const [signal, ...rest] = args.toReversed() as [AbortSignal, ...unknown[]];
      await this.called(method, { id: rest.toReversed().join('/') }, signal);
      return passOn(new FakeRegistry(this), method, args);
    };
    return made() as RegistryOutcome<M>;
  }

  private async changeRun(
    method: string,
    id: string,
    change: (run: Run) => Partial<Run>,
    signal: AbortSignal,
  ): Promise<void> {
    await this.called(method, { id }, signal);
    this.change(id, change(found(this.runs.find((run) => run.id === id))));
  }

  /** Runs go and come with their experiment, whatever they were before. */
  private changeRunsOf(experimentId: string, changes: Partial<Run>): void {
    this.runs = this.runs.map((run) =>
      run.experimentId === experimentId ? { ...run, ...changes } : run,
    );
  }

  private async changeExperiment(
    method: string,
    id: string,
    changes: Partial<Experiment>,
    signal: AbortSignal,
  ): Promise<void> {
    await this.called(method, { id }, signal);
    found(this.experiments.find((experiment) => experiment.id === id));
    this.experiments = this.experiments.map((experiment) =>
      experiment.id === id ? { ...experiment, ...changes } : experiment,
    );
  }

  private async called(method: string, query: Call['query'], signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const call = { method, query, signal };
    this.calls.push(call);
    await this.before(call);
    signal.throwIfAborted();
  }
}
