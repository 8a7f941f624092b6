import type { HeldTable } from '../../src/tables/heldTable';
import { TextTable, type TextLimits } from '../../src/tables/text/textTable';
import type { TableReadingOptions } from '../../src/protocol/tablePage';

export const noSignal = new AbortController().signal;

interface TextOptions extends TableReadingOptions {
  readonly name?: string;
  readonly limits?: TextLimits;
  /** So many bytes come at a time. */
  readonly pieces?: number;
}

/** A text as a table, whose bytes come in pieces. */
export function textTable(content: string | Uint8Array, options: TextOptions = {}): TextTable {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const { name = 'table.csv', limits, pieces = bytes.length || 1, ...reading } = options;
  const table = new TextTable(name, reading, limits);
  let wantsMore = true;
  for (let from = 0; from < bytes.length && wantsMore; from += pieces)
    wantsMore = table.add(bytes.slice(from, from + pieces), bytes.length);
  table.end(wantsMore);
  return table;
}

/** All cells, row by row. */
export async function cellsOf(table: HeldTable): Promise<string[][]> {
  const rows = Uint32Array.from({ length: table.rows }, (_, row) => row);
  const columns = await Promise.all(
    table.columns.map((_, column) => table.texts(column, rows, noSignal)),
  );
  return Array.from(rows, (row) => columns.map((texts) => texts[row] ?? ''));
}

/** Names and kinds of the columns, e.g. `score:number`. */
export function columnsOf({ columns }: HeldTable): string[] {
  return columns.map(({ name, kind }) => `${name}:${kind}`);
}
