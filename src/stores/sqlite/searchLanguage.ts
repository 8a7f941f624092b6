import type { FilterComparison } from '../../mlflow/search/filterComparison';
import { parseFilter } from '../../mlflow/search/parseFilter';
import { parseOrderBy, type RowOrder } from '../../mlflow/search/parseOrderBy';
import type { SearchTarget } from '../../mlflow/search/searchDialect';
import type { SearchProblem } from '../../mlflow/search/searchProblem';
import { invalid, needsServer } from '../local/refusals';

export type Comparison = Omit<FilterComparison, 'spans'>;

/**
 * The comparisons of a filter, as MLflow's databases of that version read it. Throws `rejected` in MLflow's words, or
 * `unsupported` (`feature`) where only MLflow itself can tell.
 */
export function readFilter(
  text: string,
  target: SearchTarget,
  version: 2 | 3,
): readonly Comparison[] {
  const parsed = parseFilter(text, { target, version, store: 'sql' });
  return parsed.kind === 'filter' ? parsed.comparisons : refuse(parsed);
}

/** What rows are to be sorted by; throws as `readFilter` does. */
export function readOrder(
  clauses: readonly string[],
  target: SearchTarget,
  version: 2 | 3,
): readonly RowOrder[] {
  const parsed = parseOrderBy(clauses, { target, version, store: 'sql' });
  return parsed.kind === 'orders' ? parsed.orders : refuse(parsed);
}

function refuse(problem: SearchProblem): never {
  throw problem.kind === 'refused'
    ? invalid(problem.message)
    : needsServer('the search holds SQL that only MLflow itself can judge');
}
