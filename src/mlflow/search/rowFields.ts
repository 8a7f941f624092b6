import type { DatasetInput, KeyValue, MetricPoint } from '../model';
import type { RowOf, SearchTarget } from './searchDialect';

/** What an attribute is; `undefined` where the row has none. Ids of experiments are texts here. */
export type Field = string | number | undefined;

/** How the parts that a filter or an order speaks of are found in a row. */
export interface RowFields<Row> {
  readonly attribute: (row: Row, key: string) => Field;
  readonly tags: (row: Row) => readonly KeyValue[];
  readonly params?: (row: Row) => readonly KeyValue[];
  readonly metrics?: (row: Row) => readonly MetricPoint[];
  readonly datasets?: (row: Row) => readonly DatasetInput[];
}

type Attributes<Row> = Readonly<Record<string, (row: Row) => Field>>;

function attributeOf<Row>(attributes: Attributes<Row>): RowFields<Row>['attribute'] {
  return (row, key) => (Object.hasOwn(attributes, key) ? attributes[key]?.(row) : undefined);
}

export const rowFields: { readonly [Target in SearchTarget]: RowFields<RowOf[Target]> } = {
  runs: {
    attribute: attributeOf({
      run_id: (run) => run.id,
      run_name: (run) => run.name,
      user_id: (run) => run.userId,
      status: (run) => run.status,
      start_time: (run) => run.startTime,
      end_time: (run) => run.endTime,
      artifact_uri: (run) => run.artifactUri,
    }),
    tags: (run) => run.tags,
    params: (run) => run.params,
    metrics: (run) => run.metrics,
    datasets: (run) => run.datasets,
  },
  experiments: {
    attribute: attributeOf({
      name: (experiment) => experiment.name,
      experiment_id: (experiment) => experiment.id,
      creation_time: (experiment) => experiment.creationTime,
      last_update_time: (experiment) => experiment.lastUpdateTime,
    }),
    tags: (experiment) => experiment.tags,
  },
  registeredModels: {
    attribute: attributeOf({
      name: (model) => model.name,
      creation_timestamp: (model) => model.creationTime,
      last_updated_timestamp: (model) => model.lastUpdatedTime,
    }),
    tags: (model) => model.tags,
  },
  modelVersions: {
    attribute: attributeOf({
      name: (version) => version.name,
      version_number: (version) => Number(version.version),
      run_id: (version) => version.runId,
      source_path: (version) => version.source,
      creation_timestamp: (version) => version.creationTime,
      last_updated_timestamp: (version) => version.lastUpdatedTime,
    }),
    tags: (version) => version.tags,
  },
};

export function valueOf(pairs: readonly KeyValue[] | undefined, key: string): string | undefined {
  return pairs?.find((pair) => pair.key === key)?.value;
}
