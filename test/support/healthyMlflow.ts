/** The part of MLflow's REST API that the views ask for, over data made up here; in MLflow's wire shapes. */
export interface HealthyData {
  /** Active experiments, with the ids `1` … */
  readonly experiments: number;
  /** Runs in each experiment, newest first, under the ids `<experiment>r<index>`. */
  readonly runs: number;
  /** Registered models, each with two versions. */
  readonly models: number;
  readonly version: string;
}

export const defaultHealthyData: HealthyData = {
  experiments: 3,
  runs: 25,
  models: 2,
  version: '3.17.2',
};

/** Body and query of a request, merged: MLflow takes either. */
export type WireParameters = Readonly<Record<string, unknown>>;

type Answer = (parameters: WireParameters, data: HealthyData) => object | undefined;

const t0 = 1_700_000_000_000;
const metricPoint = (key: string, value: number, step: number): object => ({
  key,
  value,
  timestamp: t0 + step * 1000,
  step,
});

function experiment(index: number): object {
  return {
    experiment_id: String(index + 1),
    name: `experiment ${index + 1}`,
    artifact_location: `mlflow-artifacts:/${index + 1}`,
    lifecycle_stage: 'active',
    creation_time: t0 + index,
    last_update_time: t0 + index,
  };
}

function run(experimentId: string, index: number, count: number): object {
  const id = `${experimentId}r${index}`;
  const start = t0 + (count - index) * 60_000;
  return {
    info: {
      run_id: id,
      run_uuid: id,
      experiment_id: experimentId,
      run_name: `run ${index}`,
      user_id: 'kim',
      status: 'FINISHED',
      start_time: start,
      end_time: start + 5_000,
      artifact_uri: `mlflow-artifacts:/${experimentId}/${id}/artifacts`,
      lifecycle_stage: 'active',
    },
    data: {
      metrics: [metricPoint('rmse', index / 10, 9)],
      params: [{ key: 'alpha', value: String(index) }],
      tags: [{ key: 'mlflow.runName', value: `run ${index}` }],
    },
  };
}

function modelVersion(model: string, version: number): object {
  return {
    name: model,
    version: String(version),
    current_stage: version === 2 ? 'Production' : 'None',
    status: 'READY',
    run_id: '1r0',
    source: 'mlflow-artifacts:/1/1r0/artifacts/model',
    creation_timestamp: t0 + version,
    last_updated_timestamp: t0 + version,
  };
}

function model(index: number): object {
  const name = `model ${index + 1}`;
  return {
    name,
    creation_timestamp: t0,
    last_updated_timestamp: t0 + 2,
    latest_versions: [modelVersion(name, 2)],
    aliases: [{ alias: 'champion', version: '2' }],
  };
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

function findRun(id: string, data: HealthyData): object | undefined {
  const [experimentId = '', index = ''] = id.split('r');
  const known = Number(experimentId) <= data.experiments && Number(index) < data.runs;
  return known ? run(experimentId, Number(index), data.runs) : undefined;
}

const calls: Readonly<Record<string, Answer>> = {
  'experiments/search': (parameters, data) =>
    page(
      'experiments',
      parameters['view_type'] === 'DELETED_ONLY' ? 0 : data.experiments,
      experiment,
      parameters,
    ),
  'experiments/get': (parameters, data) => {
    const index = Number(parameters['experiment_id']) - 1;
    return index >= 0 && index < data.experiments ? { experiment: experiment(index) } : undefined;
  },
  'runs/search': (parameters, data) => {
    const ids = parameters['experiment_ids'] as readonly string[];
    const known = ids.filter((id) => Number(id) >= 1 && Number(id) <= data.experiments);
    const count = parameters['run_view_type'] === 'DELETED_ONLY' ? 0 : known.length * data.runs;
    const at = (index: number): object =>
      run(known[Math.floor(index / data.runs)] ?? '', index % data.runs, data.runs);
    return page('runs', count, at, parameters);
  },
  'runs/get': (parameters, data) => {
    const found = findRun(String(parameters['run_id']), data);
    return found && { run: found };
  },
  'metrics/get-history': (parameters) =>
    page('metrics', 10, (index) => metricPoint('rmse', index / 10, index), parameters),
  'artifacts/list': () => ({
    root_uri: 'mlflow-artifacts:/1',
    files: [{ path: 'a', is_dir: true }],
  }),
  'registered-models/search': (parameters, data) =>
    page('registered_models', data.models, model, parameters),
  'registered-models/get': () => ({ registered_model: model(0) }),
  'model-versions/search': (parameters) =>
    page('model_versions', 2, (index) => modelVersion('model 1', 2 - index), parameters),
  'model-versions/get': () => ({ model_version: modelVersion('model 1', 2) }),
  'logged-models/search': () => ({}),
};

/** What a server in good health answers; `undefined` for a thing or an address that is not there. */
export function answerHealthily(
  path: string,
  parameters: WireParameters,
  data: HealthyData,
): object | string | undefined {
  if (path === '/health') return 'OK';
  if (path === '/version') return data.version;
  if (path === '/api/3.0/mlflow/server-info') {
    return data.version.startsWith('3') ? { store_type: 'SqlStore' } : undefined;
  }
  const call = path.replace(/^\/api\/2\.0\/mlflow\//, '');
  return calls[call]?.(parameters, data);
}
