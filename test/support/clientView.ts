import type {
  Experiment,
  KeyValue,
  LoggedModel,
  MetricHistory,
  MetricPoint,
  ModelVersion,
  RegisteredModel,
  Run,
} from '../../src/mlflow/model';

/** What `seed.py read` writes; see there. */
export interface ClientView {
  readonly experiments: readonly ReturnType<typeof experimentJson>[];
  readonly runs: readonly ReturnType<typeof runJson>[];
  readonly oddRunId: string;
  readonly histories: Readonly<Record<string, readonly MetricJson[]>>;
  readonly artifacts: Readonly<Record<string, readonly object[]>>;
  readonly registeredModels: readonly ReturnType<typeof modelJson>[];
  readonly modelVersions: readonly ReturnType<typeof versionJson>[];
  readonly loggedModels: readonly ReturnType<typeof loggedModelJson>[];
}

/** Key, bits of the value, timestamp, step. */
type MetricJson = readonly [string, string, string, string];

const bytes = new DataView(new ArrayBuffer(8));

/** The client shows infinities of SQL stores as the largest double, which is what lies in the database; those of files stay. */
export type Infinities = 'largest' | 'kept';

function bits(value: number, infinities: Infinities): string {
  const isFolded = infinities === 'largest' && Math.abs(value) === Infinity;
  bytes.setFloat64(0, isFolded ? Math.sign(value) * Number.MAX_VALUE : value);
  return bytes.getBigUint64(0).toString(16).padStart(16, '0');
}

/** By code point, as Python sorts. */
function sorted<T extends readonly string[]>(rows: readonly T[]): T[] {
  const codes = (row: T): string =>
    row
      .map((text) =>
        Array.from(text, (char) => char.codePointAt(0)?.toString(16).padStart(6, '0')).join(''),
      )
      .join('!');
  return rows.toSorted((a, b) => (codes(a) < codes(b) ? -1 : 1));
}

function pairs(entries: readonly KeyValue[]): (readonly [string, string])[] {
  return sorted(entries.map(({ key, value }) => [key, value] as const));
}

function metricJson(point: MetricPoint, infinities: Infinities): MetricJson {
  const { key, value, timestamp, step } = point;
  return [key, bits(value, infinities), String(timestamp), String(step)];
}

export function metricHistoryJson(
  history: MetricHistory,
  infinities: Infinities = 'largest',
): MetricJson[] {
  const { key, steps, exactSteps, timestamps, values } = history;
  return Array.from(values, (value, index) => {
    const timestamp = timestamps[index] ?? NaN;
    const step = exactSteps?.[index] ?? steps[index] ?? NaN;
    return metricJson({ key, value, timestamp, step }, infinities);
  }).toSorted();
}

export function experimentJson(experiment: Experiment) {
  return {
    ...experiment,
    creationTime: experiment.creationTime ?? null,
    lastUpdateTime: experiment.lastUpdateTime ?? null,
    tags: pairs(experiment.tags),
  };
}

/** For a store of files. */
export function fileRunJson(run: Run) {
  return runJsonWith(run, 'kept');
}

export function runJson(run: Run) {
  return runJsonWith(run, 'largest');
}

function runJsonWith(run: Run, infinities: Infinities) {
  return {
    ...run,
    startTime: run.startTime ?? null,
    endTime: run.endTime ?? null,
    params: pairs(run.params),
    metrics: sorted(run.metrics.map((metric) => metricJson(metric, infinities))),
    tags: pairs(run.tags),
    datasets: run.datasets.map((dataset) => ({
      ...dataset,
      schema: dataset.schema ?? null,
      profile: dataset.profile ?? null,
      tags: pairs(dataset.tags),
    })),
    modelOutputs: run.modelOutputs.map(({ modelId, step }) => [modelId, String(step)]),
  };
}

export function modelJson(model: RegisteredModel) {
  return {
    ...model,
    creationTime: model.creationTime ?? null,
    lastUpdatedTime: model.lastUpdatedTime ?? null,
    tags: pairs(model.tags),
    aliases: sorted(model.aliases.map(({ alias, version }) => [alias, version] as const)),
    latestVersions: model.latestVersions.map(({ version }) => version).toSorted(),
  };
}

export function versionJson(version: ModelVersion) {
  return {
    ...version,
    runId: version.runId ?? null,
    modelId: version.modelId ?? null,
    creationTime: version.creationTime ?? null,
    lastUpdatedTime: version.lastUpdatedTime ?? null,
    tags: pairs(version.tags),
    aliases: version.aliases.toSorted(),
  };
}

export function loggedModelJson(model: LoggedModel) {
  return {
    ...model,
    sourceRunId: model.sourceRunId ?? null,
    creationTime: model.creationTime ?? null,
    lastUpdatedTime: model.lastUpdatedTime ?? null,
    params: pairs(model.params),
    metrics: sorted(model.metrics.map((metric) => metricJson(metric, 'kept'))),
    tags: pairs(model.tags),
  };
}
