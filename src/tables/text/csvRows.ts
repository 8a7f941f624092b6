import { NumberList } from './numberList';

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Where in its cell a place is; `quoteInQuoted` is behind a quote in a quoted cell: another one makes it a quote. */
const place = { start: 0, plain: 1, quoted: 2, quoteInQuoted: 3 } as const;

export interface CsvLimits {
  readonly cells: number;
  /** Cells of a row beyond that are passed over. */
  readonly columns: number;
}

/**
 * Finds the cells of a text with delimiters, as Python's `csv.reader` does: quotes count at the beginning of a cell, two of them
 * within are one, what follows a closing quote belongs to the cell. Lines end with LF, CR or CRLF. Lines with nothing in them
 * are no rows, as in pandas.
 */
export class CsvRows {
  /** So many rows were found. */
  count = 0;
  /** The most cells of a row, as far as they are kept. */
  columns = 0;
  /** Whether a row had more cells than are kept. */
  isTooWide = false;
  /** Where each cell begins, and one more for each row: the place behind the byte that ended its last cell. */
  private readonly starts = new NumberList();
  /** Where each row begins in {@link starts}, and one more. */
  private readonly firsts = new NumberList();
  private at: number;
  private place: number = place.start;
  /** Cells that the row has by now; 0 between rows. */
  private rowCells = 0;

  /** @param from place of the first byte of the text */
  constructor(
    private readonly delimiter: number,
    private readonly limits: CsvLimits,
    from: number,
  ) {
    this.at = from;
    this.firsts.push(0);
  }

  /** There are cells enough: no further row is begun. */
  get isFull(): boolean {
    return this.starts.length >= this.limits.cells;
  }

  /** So many cells a row has. */
  cellsOf(row: number): number {
    return this.firsts.at(row + 1) - this.firsts.at(row) - 1;
  }

  /** Where a cell begins; cells that a row does not have are empty at its end. */
  start(row: number, column: number): number {
    const first = this.firsts.at(row);
    const last = this.firsts.at(row + 1) - 1;
    return first + column < last ? this.starts.at(first + column) : this.starts.at(last) - 1;
  }

  /** Where a cell ends. */
  end(row: number, column: number): number {
    const next = Math.min(this.firsts.at(row) + column + 1, this.firsts.at(row + 1) - 1);
    return this.starts.at(next) - 1;
  }

  /** Reads on, and stops behind the row with which there are cells enough. */
  read(bytes: Uint8Array, length: number): void {
    const { delimiter } = this;
    let { at, place: here } = this;
    for (; at < length; at++) {
      const byte = bytes[at]!;
      if (here === place.quoted) {
        if (byte === quote) here = place.quoteInQuoted;
      } else if (byte === delimiter) {
        if (this.rowCells === 0) this.beginCell(at);
        this.beginCell(at + 1);
        here = place.start;
      } else if (byte === lineFeed || byte === carriageReturn) {
        here = place.start;
        this.endRow(at);
        if (this.isFull) {
          at++;
          break;
        }
      } else if (here === place.start) {
        if (this.rowCells === 0) this.beginCell(at);
        here = byte === quote ? place.quoted : place.plain;
      } else if (here === place.quoteInQuoted) {
        here = byte === quote ? place.quoted : place.plain;
      }
    }
    this.at = at;
    this.place = here;
  }

  /** The text ends here: the last line may lack its line break. */
  finish(length: number): void {
    this.endRow(length);
    this.place = place.start;
  }

  private beginCell(at: number): void {
    // The first one that is not kept ends the last one that is.
    if (this.rowCells <= this.limits.columns) this.starts.push(at);
    this.rowCells++;
  }

  private endRow(at: number): void {
    const { columns } = this.limits;
    if (this.rowCells === 0) return;
    if (this.rowCells <= columns) this.starts.push(at + 1);
    this.isTooWide ||= this.rowCells > columns;
    this.columns = Math.max(this.columns, Math.min(this.rowCells, columns));
    this.firsts.push(this.starts.length);
    this.count++;
    this.rowCells = 0;
  }
}
