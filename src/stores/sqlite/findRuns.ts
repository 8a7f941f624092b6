import type { RunQuery, ViewType } from '../../mlflow/trackingStore';
import { invalid } from '../local/refusals';
import type { Reading } from './database';
import type { Reader } from './openDatabase';
import {
  type Row,
  type SqlParameter,
  greatestInteger,
  leastInteger,
  toInteger,
  toText,
} from './rows';
import { runFilterSql } from './runFilterSql';
import { runOrderSql } from './runOrderSql';
import { readFilter, readOrder } from './searchLanguage';
import { type Sql, joinSql, listValue, sql } from './sqlText';
import { rowOrder } from './sqliteOrder';

/** Rows of `runs` that are looked through within one piece. */
const rowsAtOnce = 1000;

/** Ids of the `count` runs from `offset` on that a query finds, in its order. */
export function* findRuns(
  reader: Reader,
  query: RunQuery,
  offset: number,
  count: number,
): Reading<readonly string[]> {
  // In this order, as MLflow does: it tells the first problem that it meets.
  const condition = joinSql(conditions(reader, query), ' AND ');
  const order = runOrderSql(readOrder(query.orderBy ?? [], 'runs', reader.schema.version));
  const directions = order.ascending.map((up, index) => `${index + 1} ${up ? 'ASC' : 'DESC'}`);
  const columns = order.columns.map((column, index) => `${column} AS key${index}`);
  const text = `SELECT ${columns.join(', ')} FROM runs ${order.joins.text}
    WHERE runs.rowid > ? AND runs.rowid <= ? AND ${condition.text}
    ORDER BY ${directions.join(', ')} LIMIT ?`;
  const wanted = offset + count;
  const byOrder = rowOrder(order.ascending);
  let found: Row[] = [];
  for (const range of ranges(reader)) {
    const rows = reader.rows(text, ...order.joins.values, ...range, ...condition.values, wanted);
    rows.forEach((row) => found.push(row));
    if (found.length > 2 * wanted + rowsAtOnce) {
      found = found.sort(byOrder).slice(0, wanted);
    }
    yield;
  }
  return found
    .sort(byOrder)
    .slice(offset, wanted)
    .map((row) => toText(row.at(-1)));
}

/** Stretches of row numbers, without the first and with the last one, that hold so many runs each. */
function* ranges(reader: Reader): Generator<readonly [SqlParameter, SqlParameter]> {
  let start: SqlParameter = leastInteger;
  for (;;) {
    const [end] = reader.rows(
      'SELECT rowid FROM runs WHERE rowid > ? ORDER BY rowid LIMIT 1 OFFSET ?',
      start,
      rowsAtOnce - 1,
    );
    const last = end === undefined ? greatestInteger : toInteger(end[0]);
    yield [start, last];
    if (end === undefined) {
      return;
    }
    start = last;
  }
}

function conditions({ schema }: Reader, query: RunQuery): Sql[] {
  const { filter = '', experimentIds, view } = query;
  const comparisons = readFilter(filter, 'runs', schema.version);
  return [
    sql(
      'runs.experiment_id IN (SELECT value FROM json_each(?))',
      listValue(experimentIds.map(experimentNumber)),
    ),
    stageSql('runs', view),
    ...comparisons.map((comparison) => runFilterSql(comparison, schema.version)),
  ];
}

/** Throws `rejected` for an id that is no number, as databases of MLflow have none such. */
export function experimentNumber(id: string): bigint {
  const digits = /^\s*([+-]?\d{1,19})\s*$/.exec(id)?.[1];
  const number = digits === undefined ? greatestInteger + 1n : BigInt(digits);
  // Ids that come from a folder of files have 18 digits.
  if (number > greatestInteger || number < leastInteger) {
    throw invalid(`Invalid experiment ID '${id}'. Experiment ID must be a valid integer.`);
  }
  return number;
}

/** The rows of a table that a view shows. */
export function stageSql(table: 'runs' | 'experiments', view: ViewType): Sql {
  const stages = view === 'all' ? ['active', 'deleted'] : [view];
  return sql(`${table}.lifecycle_stage IN (SELECT value FROM json_each(?))`, listValue(stages));
}
