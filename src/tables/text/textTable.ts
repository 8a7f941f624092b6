import { Buffer } from 'node:buffer';

import type {
  TableColumn,
  TableFacts,
  TableLimit,
  TableReadingOptions,
} from '../../protocol/tablePage';
import { valueOf } from '../cells/columnKind';
import type { CellPiece, HeldTable } from '../heldTable';
import { Turns } from '../turns';
import { ByteList } from './byteList';
import { cellText } from './cellText';
import { CsvRows } from './csvRows';
import { hasHeader } from './hasHeader';
import { SeenKinds } from './seenKinds';
import { sniffDelimiter } from './sniffDelimiter';
import { utf8Maker, type Utf8Maker } from './toUtf8';

/** How much of a text is held. */
export interface TextLimits {
  readonly bytes: number;
  readonly cells: number;
  readonly columns: number;
}

export const textLimits: TextLimits = { bytes: 512 * 2 ** 20, cells: 50e6, columns: 16_384 };

/** So much of a text has to be there before it is guessed how it is to be read. */
const leastToSniff = 4096;
const mostToSniff = 2 ** 18;
const pieceRows = 8192;

/** A text with delimiters as a table: the bytes as they came, and where in them the cells begin. */
export class TextTable implements HeldTable {
  private maker: Utf8Maker | undefined;
  private held: ByteList | undefined;
  private found: CsvRows | undefined;
  private seen: SeenKinds | undefined;
  private buffer = Buffer.alloc(0);
  private isCut = false;
  private isEnded = false;
  private header = false;
  private delimiter = ',';

  constructor(
    private readonly name: string,
    private readonly options: TableReadingOptions,
    private readonly limits: TextLimits = textLimits,
  ) {}

  /** Takes bytes of the file and says whether more are wanted. */
  add(piece: Uint8Array, size: number | undefined): boolean {
    this.maker ??= utf8Maker(piece, this.options.encoding);
    return this.take(this.maker.take(piece), size ?? 0);
  }

  /** @param whole whether all bytes of the file came */
  end(whole: boolean): void {
    if (this.isEnded) {
      return;
    }
    this.isEnded = true;
    this.take(this.maker?.finish() ?? new Uint8Array(0), 0);
    this.begin();
    if (whole && !this.isCut && this.held !== undefined) {
      this.found?.finish(this.held.length);
    }
    this.settle();
  }

  get rows(): number {
    return Math.max(0, (this.found?.count ?? 0) - (this.header ? 1 : 0));
  }

  get columns(): readonly TableColumn[] {
    return this.seen?.columns ?? [];
  }

  facts(known: number): TableFacts {
    const revision = this.seen?.revision ?? 0;
    const { delimiter, header, maker, found } = this;
    return {
      rows: this.rows,
      columnsRevision: revision,
      ...(revision !== known && { columns: this.columns }),
      rowsThere: undefined,
      limit: this.limit,
      reading: found && { delimiter, header, encoding: maker?.encoding },
    };
  }

  hasLarge(column: number): boolean {
    return this.seen?.hasLarge(column) ?? false;
  }

  async *pieces(column: number, signal: AbortSignal): AsyncIterable<CellPiece> {
    const turns = new Turns(signal);
    const { rows } = this;
    for (let from = 0; from < rows; from += pieceRows) {
      await turns.step();
      yield this.piece(column, from, Math.min(pieceRows, rows - from));
    }
  }

  texts(column: number, rows: Uint32Array): Promise<readonly string[]> {
    return Promise.resolve(Array.from(rows, (row) => this.text(row, column)));
  }

  rowText(row: number): string {
    const { found } = this;
    const line = row + (this.header ? 1 : 0);
    return found === undefined
      ? ''
      : this.buffer.toString('utf8', found.start(line, 0), found.end(line, found.columns));
  }

  private get limit(): TableLimit | undefined {
    if (this.isCut) return 'bytes';
    if (this.found?.isFull === true) return 'cells';
    return this.found?.isTooWide === true ? 'columns' : undefined;
  }

  private piece(column: number, from: number, count: number): CellPiece {
    const toValue = valueOf(this.columns[column]?.kind ?? 'text');
    const { seen } = this;
    return {
      from,
      count,
      text: (at) => this.text(from + at, column),
      value: (at) =>
        toValue === undefined || seen === undefined
          ? NaN
          : this.value(from + at, column, toValue, seen),
    };
  }

  private value(
    row: number,
    column: number,
    toValue: (text: string) => number,
    seen: SeenKinds,
  ): number {
    const line = row + (this.header ? 1 : 0);
    const start = this.found!.start(line, column);
    const end = this.found!.end(line, column);
    return seen.plainValue(column, this.buffer, start, end) ?? toValue(this.text(row, column));
  }

  private text(row: number, column: number): string {
    const { found } = this;
    const line = row + (this.header ? 1 : 0);
    return found === undefined || line >= found.count
      ? ''
      : cellText(this.buffer, found.start(line, column), found.end(line, column));
  }

  private take(piece: Uint8Array, size: number): boolean {
    if (this.held === undefined) {
      // A file that is not UTF-8 may be longer than it says.
      this.held = new ByteList(size + 1, this.limits.bytes);
    }
    const { held } = this;
    this.isCut ||= !held.add(piece);
    if (this.buffer.buffer !== held.bytes.buffer) {
      this.buffer = Buffer.from(held.bytes.buffer);
    }
    if (this.found === undefined && held.length >= leastToSniff) {
      this.begin();
    }
    if (this.found !== undefined && !this.found.isFull) {
      this.found.read(held.bytes, held.length);
      this.settle();
    }
    return !this.isCut && this.found?.isFull !== true;
  }

  /** Finds out how the text is to be read. */
  private begin(): void {
    const { held, maker, options } = this;
    if (this.found !== undefined || held === undefined || maker === undefined) {
      return;
    }
    const length = Math.min(held.length, mostToSniff);
    const usual = /\.tsv$/i.test(this.name) ? '\t' : undefined;
    this.delimiter = options.delimiter ?? sniffDelimiter(held.bytes, maker.skip, length, usual);
    const { cells, columns } = this.limits;
    this.found = new CsvRows(this.delimiter.charCodeAt(0), { cells, columns }, maker.skip);
    this.found.read(held.bytes, held.length);
    if (this.found.count === 0) {
      return;
    }
    this.header = options.header ?? hasHeader(this.found, this.buffer);
  }

  /** Looks at the rows that came. */
  private settle(): void {
    const { found, buffer } = this;
    if (found === undefined || found.count === 0) {
      return;
    }
    if (this.seen === undefined) {
      this.header = this.options.header ?? hasHeader(found, buffer);
      this.seen = new SeenKinds(this.header ? found.cellsOf(0) : 0, (column) =>
        this.header ? cellText(this.buffer, found.start(0, column), found.end(0, column)) : '',
      );
    }
    this.seen.look(found, buffer, this.header ? 1 : 0);
  }
}
