import type { SearchProblem, Span } from './searchProblem';

export type FilterEntity = 'attribute' | 'metric' | 'param' | 'tag' | 'dataset';

/** An operator that some comparison may have, in capitals. */
export type FilterOperator =
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'LIKE'
  | 'ILIKE'
  | 'IN'
  | 'NOT IN'
  | 'IS NULL'
  | 'IS NOT NULL';

/** A text, a number (`bigint` for integers beyond ±2^53), the texts of a list, or nothing for IS NULL. */
export type FilterValue = string | number | bigint | readonly string[] | undefined;

/** One comparison of a filter; all of them have to hold for a row. */
export interface FilterComparison {
  readonly entity: FilterEntity;
  /** Without quotes, and what MLflow takes it for: `created` is `start_time`. */
  readonly key: string;
  readonly operator: FilterOperator;
  readonly value: FilterValue;
  readonly spans: ComparisonSpans;
}

/** Where the parts of a comparison are written; quotes belong to them. */
export interface ComparisonSpans {
  /** `metrics` of `metrics.rmse`; absent for a key that stands alone. */
  readonly entity: Span | undefined;
  readonly key: Span;
  readonly operator: Span;
  readonly value: Span | undefined;
}

export interface Filter {
  readonly kind: 'filter';
  readonly comparisons: readonly FilterComparison[];
}

/** A filter, MLflow's refusal of it, or that it cannot be judged here. */
export type FilterParse = Filter | SearchProblem;
