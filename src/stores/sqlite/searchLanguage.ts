/** What MLflow's language says of one row, as `mlflow/search` reads it. */
export interface Comparison {
  readonly entity: 'attribute' | 'metric' | 'param' | 'tag' | 'dataset';
  readonly key: string;
  readonly operator: string;
  readonly value: string | number | bigint | readonly string[] | undefined;
}

export interface OrderKey {
  readonly entity: 'attribute' | 'metric' | 'param' | 'tag';
  readonly key: string;
  readonly ascending: boolean;
}

export type SearchTarget = 'runs' | 'experiments' | 'registeredModels' | 'modelVersions';

/** Reads filters and orders; both throw `rejected` in MLflow's words, or `unsupported` where they cannot tell. */
export interface SearchLanguage {
  filter(text: string, target: SearchTarget, version: 2 | 3): readonly Comparison[];
  order(clauses: readonly string[], target: SearchTarget, version: 2 | 3): readonly OrderKey[];
}
