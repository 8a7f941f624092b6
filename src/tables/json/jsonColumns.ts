import { TableError } from '../tableError';
import { jsonText } from './jsonText';

export interface JsonColumn {
  readonly name: string;
  readonly cells: readonly string[];
}

interface JsonColumns {
  readonly columns: readonly JsonColumn[];
  readonly rows: number;
}

const mostColumns = 16_384;

/**
 * The columns of a table in JSON: `{"columns": [...], "data": [[...]]}` as `mlflow.log_table` writes it, a list of objects or of lists, or an
 * object of lists or of objects by row, as pandas writes them.
 */
export function jsonColumns(value: unknown): JsonColumns {
  if (isRecord(value) && isList(value['columns']) && isList(value['data'])) {
    return ofLists(value['columns'].map(jsonText), value['data'], value['index']);
  }
  if (isList(value) && value.length > 0) {
    if (value.every(isList)) return ofLists([], value, undefined);
    if (value.every(isRecord)) return ofRecords(value);
  }
  if (isRecord(value)) {
    const entries = Object.entries(value);
    if (entries.length > 0 && entries.every(([, each]) => isList(each)))
      return ofCells(entries.map(([name, each]) => [name, each as readonly unknown[]]));
    if (entries.length > 0 && entries.every(([, each]) => isRecord(each)))
      return ofCells(entries.map(([name, each]) => [name, Object.values(each as object)]));
  }
  throw new TableError('noTable');
}

function ofLists(names: readonly string[], rows: readonly unknown[], index: unknown): JsonColumns {
  if (!rows.every(isList)) throw new TableError('noTable');
  const width = Math.min(
    mostColumns,
    rows.reduce((most, row) => Math.max(most, row.length), names.length),
  );
  const columns = Array.from({ length: width }, (_, column) => ({
    name: names[column] ?? '',
    cells: rows.map((row) => jsonText(row[column])),
  }));
  const isCounted =
    !isList(index) || index.length !== rows.length || index.every((each, row) => each === row);
  if (!isCounted) columns.unshift({ name: '', cells: index.map(jsonText) });
  return { columns, rows: rows.length };
}

function ofRecords(rows: readonly Readonly<Record<string, unknown>>[]): JsonColumns {
  const names = new Set<string>();
  for (const row of rows) for (const name of Object.keys(row)) names.add(name);
  const columns = [...names].slice(0, mostColumns).map((name) => ({
    name,
    cells: rows.map((row) => (Object.hasOwn(row, name) ? jsonText(row[name]) : '')),
  }));
  return { columns, rows: rows.length };
}

function ofCells(entries: readonly (readonly [string, readonly unknown[]])[]): JsonColumns {
  const rows = entries.reduce((most, [, cells]) => Math.max(most, cells.length), 0);
  const columns = entries.slice(0, mostColumns).map(([name, cells]) => ({
    name,
    cells: Array.from({ length: rows }, (_, row) => jsonText(cells[row])),
  }));
  return { columns, rows };
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
