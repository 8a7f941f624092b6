import type { Change, HealthyChanges } from './healthyChanges';
import { HealthyRegistry } from './healthyRegistry';
import type { StubArtifacts } from './stubArtifacts';
import { type Known, writeHealthily } from './healthyWrites';

/** The part of MLflow's REST API that the views ask for, over data made up here; in MLflow's wire shapes. */
export interface HealthyData {
  /** Active experiments, with the ids `1` … */
  readonly experiments: number;
  /** Runs in each experiment, newest first, under the ids `<experiment>r<index>`. */
  readonly runs: number;
  /** Registered models, each with two versions. */
  readonly models: number;
  readonly version: string;
  /** Files of runs and models; without them every run has one empty folder. */
  readonly artifacts?: StubArtifacts | undefined;
  /** What `logged-models/search` answers, in MLflow's wire shape. */
  readonly loggedModels?: readonly object[] | undefined;
}

export const defaultHealthyData: HealthyData = {
  experiments: 3,
  runs: 25,
  models: 2,
  version: '3.17.2',
};

/** Body and query of a request, merged: MLflow takes either. */
export type WireParameters = Readonly<Record<string, unknown>>;

/** A server's data, with what was done to it. */
export interface HealthyServer {
  readonly data: HealthyData;
  readonly changes: HealthyChanges;
}

type Answer = (parameters: WireParameters, server: HealthyServer) => object | undefined;

const t0 = 1_700_000_000_000;
const metricPoint = (key: string, value: number, step: number): object => ({
  key,
  value,
  timestamp: t0 + step * 1000,
  step,
});

function experimentIds({ data, changes }: HealthyServer): string[] {
  const count = data.experiments + changes.created.length;
  return Array.from({ length: count }, (_, index) => String(index + 1));
}

function experimentName(id: string, { data, changes }: HealthyServer): string {
  const name = changes.ofExperiment(id)?.name ?? changes.created[Number(id) - data.experiments - 1];
  return name ?? `experiment ${id}`;
}

function stage(change: Change | undefined): 'active' | 'deleted' {
  return change?.deleted === true ? 'deleted' : 'active';
}

function inView(change: Change | undefined, view: unknown): boolean {
  return view === 'ALL' || (stage(change) === 'deleted') === (view === 'DELETED_ONLY');
}

function tagsOf(change: Change | undefined): object[] {
  return [...(change?.tags ?? [])].map(([key, value]) => ({ key, value }));
}

function experiment(id: string, server: HealthyServer): object {
  const change = server.changes.ofExperiment(id);
  return {
    experiment_id: id,
    name: experimentName(id, server),
    artifact_location: `mlflow-artifacts:/${id}`,
    lifecycle_stage: stage(change),
    creation_time: t0 + Number(id) - 1,
    last_update_time: t0 + Number(id) - 1,
    ...(change !== undefined && change.tags.size > 0 && { tags: tagsOf(change) }),
  };
}

function run(id: string, { data, changes }: HealthyServer): object {
  const made = changes.made.find((each) => each.id === id);
  const [experimentId = '', index = ''] = made === undefined ? id.split('r') : [made.experimentId];
  const start = t0 + (data.runs - Number(index)) * 60_000;
  const change = changes.ofRun(id);
  const name = change?.name ?? `run ${index}`;
  return {
    info: {
      run_id: id,
      run_uuid: id,
      experiment_id: experimentId,
      run_name: name,
      user_id: 'kim',
      status: change?.status ?? 'FINISHED',
      start_time: start,
      end_time: start + 5_000,
      artifact_uri: `mlflow-artifacts:/${experimentId}/${id}/artifacts`,
      lifecycle_stage: stage(change),
    },
    data: {
      metrics: [metricPoint('rmse', Number(index) / 10, 9)],
      params: [
        { key: 'alpha', value: index },
        ...[...(change?.params ?? [])].map(([key, value]) => ({ key, value })),
      ],
      tags: [{ key: 'mlflow.runName', value: name }, ...tagsOf(change)],
    },
  };
}

/** Counts where nothing was changed, since there may be very many. */
function runIds(ids: readonly string[], view: unknown, { data, changes }: HealthyServer): RunIds {
  const known = ids.filter((id) => Number(id) >= 1 && Number(id) <= data.experiments);
  const at = (index: number): string =>
    `${known[Math.floor(index / data.runs)] ?? ''}r${index % data.runs}`;
  const count = known.length * data.runs;
  if (!changes.anyRun) {
    return { count: view === 'DELETED_ONLY' ? 0 : count, at };
  }
  const found = Array.from({ length: count }, (_, index) => at(index)).filter((id) =>
    inView(changes.ofRun(id), view),
  );
  return { count: found.length, at: (index) => found[index] ?? '' };
}

interface RunIds {
  readonly count: number;
  readonly at: (index: number) => string;
}

/** One page of `count` items and the token of the next, which is an offset as MLflow's is. */
function page(
  list: string,
  count: number,
  item: (index: number) => object,
  parameters: WireParameters,
): object {
  const start = Number(parameters['page_token'] ?? 0);
  const end = Math.min(count, start + Number(parameters['max_results'] ?? 1000));
  const items = Array.from({ length: Math.max(0, end - start) }, (_, index) => item(start + index));
  return {
    ...(items.length > 0 && { [list]: items }),
    ...(end < count && { next_page_token: String(end) }),
  };
}

function registryOf({ data, changes }: HealthyServer): HealthyRegistry {
  changes.registry ??= new HealthyRegistry(data.models);
  return changes.registry;
}

function hasRun(id: string, { data, changes }: HealthyServer): boolean {
  if (changes.made.some((made) => made.id === id)) return true;
  const [experimentId = '', index = ''] = id.split('r');
  return Number(experimentId) <= data.experiments && Number(index) < data.runs;
}

function rmse(from: number, to: number): object[] {
  return Array.from({ length: Math.max(0, to + 1 - from) }, (_, index) =>
    metricPoint('rmse', (from + index) / 10, from + index),
  );
}

const calls: Readonly<Record<string, Answer>> = {
  'experiments/search': (parameters, server) => {
    const ids = experimentIds(server).filter((id) =>
      inView(server.changes.ofExperiment(id), parameters['view_type']),
    );
    return page(
      'experiments',
      ids.length,
      (index) => experiment(ids[index] ?? '', server),
      parameters,
    );
  },
  'experiments/get': (parameters, server) => {
    const id = String(parameters['experiment_id']);
    return experimentIds(server).includes(id) ? { experiment: experiment(id, server) } : undefined;
  },
  'experiments/get-by-name': (parameters, server) => {
    const id = experimentIds(server).find(
      (each) => experimentName(each, server) === parameters['experiment_name'],
    );
    return id === undefined ? undefined : { experiment: experiment(id, server) };
  },
  'runs/search': (parameters, server) => {
    const mark = /Workbench\.creation\W+([-\w]+)/.exec(String(parameters['filter']))?.[1];
    if (mark !== undefined) {
      const marked = server.changes.made.filter(({ id }) =>
        [...(server.changes.ofRun(id)?.tags.values() ?? [])].includes(mark),
      );
      return { runs: marked.map(({ id }) => run(id, server)) };
    }
    const ids = parameters['experiment_ids'] as readonly string[];
    const { count, at } = runIds(ids, parameters['run_view_type'], server);
    return page('runs', count, (index) => run(at(index), server), parameters);
  },
  'runs/get': (parameters, server) => {
    const id = String(parameters['run_id']);
    return hasRun(id, server) ? { run: run(id, server) } : undefined;
  },
  'metrics/get-history': (parameters) =>
    page('metrics', 10, (index) => metricPoint('rmse', index / 10, index), parameters),
  'metrics/get-history-bulk': () => ({ metrics: rmse(0, 9) }),
  'metrics/get-history-bulk-interval': ({ start_step: start = 0, end_step: end = 9 }) => ({
    metrics: rmse(Math.max(0, Number(start)), Math.min(9, Number(end))),
  }),
  'artifacts/list': () => ({
    root_uri: 'mlflow-artifacts:/1',
    files: [{ path: 'a', is_dir: true }],
  }),
  'registered-models/search': (parameters, server) => {
    const found = registryOf(server).models(parameters['filter']);
    return page('registered_models', found.length, (index) => found[index] ?? {}, parameters);
  },
  'model-versions/search': (parameters, server) => {
    const found = registryOf(server).versions(parameters['filter']);
    return page('model_versions', found.length, (index) => found[index] ?? {}, parameters);
  },
  'logged-models/search': (_, { data }) =>
    data.loggedModels === undefined ? {} : { models: data.loggedModels },
};

/**
 * What a server in good health answers, once it has done what it was asked for; `undefined` for a
 * thing or an address that is not there.
 */
export function answerHealthily(
  path: string,
  parameters: WireParameters,
  server: HealthyServer,
): object | string | undefined {
  const { version } = server.data;
  if (path === '/health') return 'OK';
  if (path === '/version') return version;
  if (path === '/api/3.0/mlflow/server-info') {
    return version.startsWith('3') ? { store_type: 'SqlStore' } : undefined;
  }
  const call = path.replace(/^\/(?:ajax-)?api\/2\.0\/mlflow\//, '');
  const known: Known = {
    experimentIds: experimentIds(server),
    experimentName: (id) => experimentName(id, server),
    hasRun: (id) => hasRun(id, server),
    runOf: (id) => run(id, server),
  };
  return (
    writeHealthily(call, parameters, server.changes, known) ??
    calls[call]?.(parameters, server) ??
    registryOf(server).answer(call, parameters)
  );
}
