import { allOf, runFilterFromText, startedAfter } from '../mlflow/filterText';
import type { RunQuery, ViewType } from '../mlflow/trackingStore';

/** What a table of runs shows. */
export interface TableQuery {
  /** In MLflow's language; runs that any of them finds. Empty text finds all, and so does no filter. */
  readonly filters: readonly string[];
  readonly view: ViewType;
  /** Milliseconds since 1970. */
  readonly startedSince?: number | undefined;
}

/** Experiments of one connection. */
export interface TableScope {
  /** Id of the session. */
  readonly connection: string;
  readonly experimentIds: readonly string[];
}

/** Experiments by their connections. */
export function scopesOf(
  places: readonly { readonly connection: string; readonly experimentId: string }[],
): readonly TableScope[] {
  return [...new Set(places.map(({ connection }) => connection))].map((connection) => ({
    connection,
    experimentIds: places
      .filter((place) => place.connection === connection)
      .map(({ experimentId }) => experimentId),
  }));
}

/** What is asked of a server, but for how many and from where on. */
export type TableSearch = Pick<RunQuery, 'experimentIds' | 'view' | 'filter' | 'orderBy'>;

/** The searches whose finds are merged, one for each filter. */
export function searchesOf(query: TableQuery, { experimentIds }: TableScope): TableSearch[] {
  const filters = query.filters.length === 0 ? [''] : query.filters;
  const since = query.startedSince === undefined ? undefined : startedAfter(query.startedSince - 1);
  return filters.map((filter) => ({
    experimentIds,
    view: query.view,
    filter: allOf(runFilterFromText(filter), since),
  }));
}

/** Whether two queries find the same. */
export function sameQuery(a: TableQuery, b: TableQuery): boolean {
  return (
    a.view === b.view &&
    a.startedSince === b.startedSince &&
    a.filters.length === b.filters.length &&
    a.filters.every((filter, index) => filter === b.filters[index])
  );
}
