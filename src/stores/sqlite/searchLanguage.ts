import type { FilterComparison } from '../../mlflow/search/filterComparison';
import { parseFilter } from '../../mlflow/search/parseFilter';
import type { SearchTarget } from '../../mlflow/search/searchDialect';
import { invalid, needsServer } from '../local/refusals';

export type Comparison = Omit<FilterComparison, 'spans'>;

/** One thing that rows are sorted by. */
export interface OrderKey {
  readonly entity: 'attribute' | 'metric' | 'param' | 'tag';
  /** Without quotes, and what MLflow takes it for: `created` is `start_time`. */
  readonly key: string;
  readonly ascending: boolean;
}

/** Reads filters and orders; both throw `rejected` in MLflow's words, or `unsupported` where they cannot tell. */
export interface SearchLanguage {
  filter(text: string, target: SearchTarget, version: 2 | 3): readonly Comparison[];
  order(clauses: readonly string[], target: SearchTarget, version: 2 | 3): readonly OrderKey[];
}

/** MLflow's language, as its database stores read it. */
export const mlflowLanguage: SearchLanguage = {
  filter(text, target, version) {
    const parsed = parseFilter(text, { target, version, store: 'sql' });
    if (parsed.kind === 'refused') {
      throw invalid(parsed.message);
    }
    if (parsed.kind === 'unclear') {
      throw needsServer('the filter holds SQL that only MLflow itself can judge');
    }
    return parsed.comparisons;
  },
  order() {
    throw needsServer('the order is read by an MLflow server');
  },
};
