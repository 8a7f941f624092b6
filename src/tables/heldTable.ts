import type { TableColumn, TableFacts } from '../protocol/tablePage';

/** Cells of one column in consecutive rows; places count from {@link from} of the table, 0 is the first. */
export interface CellPiece {
  readonly from: number;
  readonly count: number;
  readonly text: (at: number) => string;
  /** As the kind of the column has it; NaN where there is none, and always for texts. */
  readonly value: (at: number) => number;
}

/** A table as the worker holds it; rows and columns only ever grow. */
export interface HeldTable {
  /** Rows that can be read now. */
  readonly rows: number;
  readonly columns: readonly TableColumn[];
  /** @param known the revision of the columns that whoever asks knows */
  facts(known: number): TableFacts;
  /** Whether a column has integers that doubles do not hold. */
  hasLarge(column: number): boolean;
  /** All cells of a column, in order. */
  pieces(column: number, signal: AbortSignal): AsyncIterable<CellPiece>;
  /** Some cells of a column. */
  texts(column: number, rows: Uint32Array, signal: AbortSignal): Promise<readonly string[]>;
  /** A row's cells with what stands between them, where that is at hand: what is not in it is in none of them. */
  rowText?(row: number): string;
}

/** A table of bytes that come one after the other. */
export interface GrowingTable extends HeldTable {
  /** Takes bytes of the file and says whether more are wanted; `size` is that of the file, where it is known. */
  add(piece: Uint8Array, size: number | undefined): boolean;
  /** No more bytes come; `whole` says whether these were all. */
  end(whole: boolean): void | Promise<void>;
}
