import type { RowOrder } from '../../mlflow/search/parseOrderBy';
import { runColumn } from './runFilterSql';
import { type Sql, joinSql, sql } from './sqlText';

/** How runs are sorted: the values to sort by, where they come from, and the direction of each. */
export interface RunOrderSql {
  readonly columns: readonly string[];
  readonly ascending: readonly boolean[];
  readonly joins: Sql;
}

/**
 * MLflow's order of runs: NaN, then missing values last in both directions; ties by start time, newest first, and by id
 * (`_get_orderby_clauses` of its database store).
 */
export function runOrderSql(keys: readonly RowOrder[]): RunOrderSql {
  const joins: Sql[] = [];
  const columns: string[] = [];
  const ascending: boolean[] = [];
  keys.forEach((key, index) => {
    const { rank, value, join } = sortValue(key, `by${index}`);
    if (join !== undefined) {
      joins.push(join);
    }
    columns.push(rank, value);
    ascending.push(true, key.ascending);
  });
  if (!keys.some(({ entity, key }) => entity === 'attribute' && key === 'start_time')) {
    columns.push('runs.start_time');
    ascending.push(false);
  }
  columns.push('runs.run_uuid');
  ascending.push(true);
  return { columns, ascending, joins: joinSql(joins, ' ') };
}

function sortValue(
  { entity, key }: RowOrder,
  table: string,
): { rank: string; value: string; join?: Sql } {
  if (entity === 'attribute') {
    const value = key === 'run_name' ? 'runs.name' : runColumn(key);
    return { rank: `${value} IS NULL`, value };
  }
  const source = { metric: 'latest_metrics', param: 'params', tag: 'tags' }[entity];
  const join = sql(
    `LEFT JOIN ${source} AS ${table} ON ${table}.run_uuid = runs.run_uuid AND ${table}.key = ?`,
    key,
  );
  const value = `${table}.value`;
  const missing = entity === 'metric' ? 2 : 1;
  const nan = entity === 'metric' ? `WHEN ${table}.is_nan = 1 THEN 1` : '';
  return { rank: `CASE ${nan} WHEN ${value} IS NULL THEN ${missing} ELSE 0 END`, value, join };
}
