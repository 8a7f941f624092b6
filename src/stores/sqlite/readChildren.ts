import type { Reading } from './database';
import type { Reader } from './openDatabase';
import { type Row, leastInteger, toInteger } from './rows';
import { capped, listValue } from './sqlText';

/** Rows that are read within one piece. */
const rowsAtOnce = 6000;

/**
 * The rows of a table that belong to each of some runs, in the order in which they were written.
 *
 * @param read makes an entry of a row, whose first column is of no use to it
 */
export function* readChildren<T>(
  reader: Reader,
  ids: readonly string[],
  table: 'params' | 'tags' | 'latest_metrics',
  columns: readonly string[],
  read: (row: Row) => T,
): Reading<T[][]> {
  const lists = ids.map((): T[] => []);
  const list = columns
    .map((column) =>
      column === 'value' && table !== 'latest_metrics' ? capped('child.value') : `child.${column}`,
    )
    .join(', ');
  const rows = reader.rows(
    `SELECT j.key AS run, ${list} FROM json_each(?) AS j CROSS JOIN ${table} AS child ON child.run_uuid = j.value LIMIT ?`,
    listValue(ids),
    rowsAtOnce + 1,
  );
  if (rows.length <= rowsAtOnce) {
    for (const row of rows) {
      lists[Number(row[0])]?.push(read(row));
    }
    yield;
    return lists;
  }
  for (const [index, id] of ids.entries()) {
    yield;
    yield* readManyOf(reader, id, table, list, (row) => lists[index]?.push(read(row)));
  }
  return lists;
}

/** One run may have any number of rows. */
function* readManyOf(
  reader: Reader,
  id: string,
  table: string,
  list: string,
  take: (row: Row) => void,
): Reading<void> {
  const text = `SELECT rowid, ${list} FROM ${table} AS child WHERE run_uuid = ? AND rowid > ? ORDER BY rowid LIMIT ?`;
  let last: Row | undefined;
  do {
    const after = last === undefined ? leastInteger : toInteger(last[0]);
    const rows: readonly Row[] = reader.rows(text, id, after, rowsAtOnce);
    rows.forEach(take);
    last = rows.length === rowsAtOnce ? rows.at(-1) : undefined;
    yield;
  } while (last !== undefined);
}
