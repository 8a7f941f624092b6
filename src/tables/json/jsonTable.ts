import type { TableColumn, TableFacts } from '../../protocol/tablePage';
import { cellKind, cellKinds } from '../cells/cellKind';
import { columnKind, valueOf } from '../cells/columnKind';
import type { CellPiece, HeldTable } from '../heldTable';
import { Turns } from '../turns';
import { jsonColumns, type JsonColumn } from './jsonColumns';
import { parseExactly } from './parseExactly';

const pieceRows = 8192;

/** A table in JSON, as `mlflow.log_table` and pandas write it, whole in memory as texts. */
export class JsonTable implements HeldTable {
  readonly columns: readonly TableColumn[];
  private readonly large: readonly boolean[];

  private constructor(
    private readonly data: readonly JsonColumn[],
    readonly rows: number,
  ) {
    const seen = data.map(({ cells }) => cells.reduce((bits, cell) => bits | cellKind(cell), 0));
    this.columns = data.map(({ name }, column) => ({ name, kind: columnKind(seen[column] ?? 0) }));
    this.large = seen.map((bits) => (bits & cellKinds.large) !== 0);
  }

  /** @throws TableError where it is no JSON, or no table */
  static read(bytes: Uint8Array): JsonTable {
    const { columns, rows } = jsonColumns(parseExactly(bytes));
    return new JsonTable(columns, rows);
  }

  facts(known: number): TableFacts {
    return {
      rows: this.rows,
      columnsRevision: 1,
      ...(known !== 1 && { columns: this.columns }),
      rowsThere: this.rows,
      limit: undefined,
      reading: undefined,
    };
  }

  hasLarge(column: number): boolean {
    return this.large[column] ?? false;
  }

  async *pieces(column: number, signal: AbortSignal): AsyncIterable<CellPiece> {
    const turns = new Turns(signal);
    const cells = this.data[column]?.cells ?? [];
    const toValue = valueOf(this.columns[column]?.kind ?? 'text');
    for (let from = 0; from < this.rows; from += pieceRows) {
      await turns.step();
      const text = (at: number): string => cells[from + at] ?? '';
      yield {
        ...{ from, count: Math.min(pieceRows, this.rows - from), text },
        value: (at) => toValue?.(text(at)) ?? NaN,
      };
    }
  }

  texts(column: number, rows: Uint32Array): Promise<readonly string[]> {
    return Promise.resolve(Array.from(rows, (row) => this.data[column]?.cells[row] ?? ''));
  }
}
