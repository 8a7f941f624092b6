import type { LoggedModel } from '../../mlflow/model';
import { compareText } from '../../mlflow/search/compareText';
import type { FilterComparison } from '../../mlflow/search/filterComparison';
import { parseFilter } from '../../mlflow/search/parseFilter';
import { type RowOrder, parseOrderBy } from '../../mlflow/search/parseOrderBy';
import { rowOrder } from '../../mlflow/search/rowOrder';
import { rowTest } from '../../mlflow/search/rowTest';
import type { RowOf, SearchDialect, SearchTarget } from '../../mlflow/search/searchDialect';
import type { SearchProblem } from '../../mlflow/search/searchProblem';
import type { LoggedModelQuery, SearchQuery } from '../../mlflow/trackingStore';
import { invalid, needsServer } from '../local/refusals';

/** What is to be found, in which order. */
export interface Search<Row> {
  matches(row: Row): boolean;
  compare(a: Row, b: Row): number;
}

/** A search in MLflow's language, and what of a row it asks about. */
export interface ParsedSearch<Row> extends Search<Row> {
  readonly asksFor: readonly Pick<FilterComparison, 'entity' | 'key'>[];
}

/**
 * Reads filter and order as MLflow 3 does for a store of files. Throws `rejected` in MLflow's words, or `unsupported` where
 * only MLflow itself can tell.
 */
export function parseSearch<Target extends SearchTarget>(
  target: Target,
  { filter = '', orderBy = [] }: Pick<SearchQuery, 'filter' | 'orderBy'>,
): ParsedSearch<RowOf[Target]> {
  const dialect: SearchDialect<Target> = { target, version: 3, store: 'files' };
  const parsed = parseFilter(filter, dialect);
  const ordered = parseOrderBy(orderBy, dialect);
  const comparisons = parsed.kind === 'filter' ? parsed.comparisons : refuse(parsed);
  const orders: readonly RowOrder[] = ordered.kind === 'orders' ? ordered.orders : refuse(ordered);
  return {
    matches: rowTest(comparisons, dialect),
    compare: rowOrder(orders, dialect),
    asksFor: [...comparisons, ...orders],
  };
}

/** Logged models have a language of their own, which is not spoken here: throws `unsupported` for any filter. */
export function searchOfLoggedModels({ filter = '' }: LoggedModelQuery): Search<LoggedModel> {
  if (filter.trim() !== '') {
    throw needsServer('a filter of logged models is judged by an MLflow server');
  }
  return {
    matches: () => true,
    compare: (a, b) =>
      (b.creationTime ?? -Infinity) - (a.creationTime ?? -Infinity) || compareText(a.id, b.id),
  };
}

function refuse(problem: SearchProblem): never {
  throw problem.kind === 'refused'
    ? invalid(problem.message)
    : needsServer('the filter holds SQL that only MLflow itself can judge');
}
