import type {
  TableArea,
  TableArrangement,
  TableSortKey,
  TableSummary,
  TableWindow,
} from '../../protocol/tablePage';
import { longestCell } from '../../protocol/tablePage';
import type { HeldTable } from '../heldTable';
import { columnKeys } from './columnKeys';
import { filteredRows } from './filteredRows';
import { radixOrder } from './radixOrder';
import { readFilter } from './readFilter';
import { summarize } from './summarize';

/** So many arrangements are known; of a page that shows one, the one before may still be asked for. */
const mostKnown = 3;
/** So many columns are kept as numbers, for they may be sorted by again. */
const mostKeys = 4;
/** More could not be pasted anywhere. */
const mostCopied = 20e6;
const longestShown = 1e6;

/** Orders and filters of one table, for the page that shows it. */
export class Arrangements {
  private readonly known = new Map<number, Uint32Array>();
  private readonly keys = new Map<number, Float64Array>();
  private last = 0;

  constructor(private readonly table: HeldTable) {}

  /** @throws TableError where the filter is wrong */
  async arrange(
    sort: readonly TableSortKey[],
    filter: string,
    locale: string,
    signal: AbortSignal,
  ): Promise<TableArrangement> {
    const { table } = this;
    const of = table.rows;
    const read = readFilter(filter, table.columns);
    const wanted = sort.filter(({ column }) => column < table.columns.length);
    if (read.length === 0 && wanted.length === 0) return { arrangement: 0, rows: of, of };
    let rows = (await filteredRows(table, read, signal)) ?? allRows(of);
    for (const { column, descending } of wanted.toReversed())
      rows = radixOrder(await this.keysOf(column, of, locale, signal), rows, descending);
    const arrangement = ++this.last;
    this.known.set(arrangement, rows);
    for (const old of [...this.known.keys()].slice(0, -mostKnown)) this.known.delete(old);
    return { arrangement, rows: rows.length, of };
  }

  async window(area: TableArea, signal: AbortSignal): Promise<TableWindow | undefined> {
    const rows = this.rowsOf(area);
    if (rows === undefined) return undefined;
    const cells: (readonly string[])[] = [];
    const end = Math.min(area.toColumn, this.table.columns.length);
    for (let column = area.fromColumn; column < end; column++) {
      const texts = await this.table.texts(column, rows, signal);
      cells.push(texts.map(cut));
    }
    return { rows, cells };
  }

  async cell(
    arrangement: number,
    row: number,
    column: number,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const rows = this.rowsOf({ arrangement, fromRow: row, toRow: row + 1 });
    if (rows === undefined || rows.length === 0) return undefined;
    const [text] = await this.table.texts(column, rows, signal);
    return text?.slice(0, longestShown);
  }

  /** @param header whether the names of the columns come first */
  async copy(
    area: TableArea,
    header: boolean,
    signal: AbortSignal,
  ): Promise<{ readonly text: string; readonly rows: number }> {
    const { table } = this;
    const lines: string[] = [];
    const end = Math.min(area.toColumn, table.columns.length);
    if (header)
      lines.push(
        table.columns
          .slice(area.fromColumn, end)
          .map(({ name }) => field(name))
          .join('\t'),
      );
    let length = 0;
    let rows = 0;
    const all = this.rowsOf(area) ?? new Uint32Array(0);
    for (let from = 0; from < all.length && length < mostCopied; from += 1000) {
      const some = all.subarray(from, from + 1000);
      const columns: (readonly string[])[] = [];
      for (let column = area.fromColumn; column < end; column++)
        columns.push(await table.texts(column, some, signal));
      for (let at = 0; at < some.length && length < mostCopied; at++) {
        const line = columns.map((texts) => field(texts[at] ?? '')).join('\t');
        length += line.length + 1;
        lines.push(line);
        rows++;
      }
    }
    return { text: lines.join('\n'), rows };
  }

  summary(column: number, signal: AbortSignal): Promise<TableSummary> {
    return summarize(this.table, column, signal);
  }

  private rowsOf({
    arrangement,
    fromRow,
    toRow,
  }: Pick<TableArea, 'arrangement' | 'fromRow' | 'toRow'>): Uint32Array | undefined {
    const end = Math.min(toRow, this.table.rows);
    if (arrangement === 0)
      return Uint32Array.from({ length: Math.max(0, end - fromRow) }, (_, at) => fromRow + at);
    return this.known.get(arrangement)?.slice(fromRow, toRow);
  }

  private async keysOf(
    column: number,
    rows: number,
    locale: string,
    signal: AbortSignal,
  ): Promise<Float64Array> {
    const kept = this.keys.get(column);
    if (kept?.length === rows) return kept;
    const made = await columnKeys(this.table, column, locale, signal);
    this.keys.delete(column);
    this.keys.set(column, made);
    for (const old of [...this.keys.keys()].slice(0, -mostKeys)) this.keys.delete(old);
    return made;
  }
}

function allRows(count: number): Uint32Array<ArrayBuffer> {
  return Uint32Array.from({ length: count }, (_, row) => row);
}

function cut(text: string): string {
  return text.length > longestCell ? `${text.slice(0, longestCell)}…` : text;
}

/** Spreadsheets take quotes for what holds tabs or line breaks. */
function field(text: string): string {
  return /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
