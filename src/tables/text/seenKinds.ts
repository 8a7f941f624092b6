import type { Buffer } from 'node:buffer';

import type { TableColumn } from '../../protocol/tablePage';
import { cellKind, cellKinds } from '../cells/cellKind';
import { columnKind } from '../cells/columnKind';
import { plainNumber } from '../cells/plainNumber';
import { cellText } from './cellText';
import type { CsvRows } from './csvRows';

/** What was seen in the cells of each column so far, which decides what the columns are. */
export class SeenKinds {
  /** Grows whenever {@link columns} changes. */
  revision = 0;
  columns: readonly TableColumn[] = [];
  private readonly bits: number[] = [];
  private lookedTo = -1;

  /**
   * @param named so many columns have a name
   * @param nameOf the name of a column
   */
  constructor(
    private readonly named: number,
    private readonly nameOf: (column: number) => string,
  ) {}

  /** Looks at the rows that came since the last time; `first` is the first that is not the header. */
  look(found: CsvRows, buffer: Buffer, first: number): void {
    const from = Math.max(first, this.lookedTo);
    for (let column = this.bits.length; column < found.columns; column++) {
      this.bits.push(0);
    }
    for (let column = 0; column < found.columns; column++) {
      this.lookAt(column, found, buffer, from);
    }
    this.lookedTo = found.count;
    const kinds = this.bits.map(columnKind);
    const isSame =
      kinds.length === this.columns.length &&
      kinds.every((kind, column) => this.columns[column]?.kind === kind);
    if (isSame && this.revision > 0) {
      return;
    }
    this.revision++;
    this.columns = kinds.map((kind, column) => ({
      name: column < this.named ? this.nameOf(column) : '',
      kind,
    }));
  }

  hasLarge(column: number): boolean {
    return ((this.bits[column] ?? 0) & cellKinds.large) !== 0;
  }

  /** The value of a cell of a number column, where it can be had without making a text of it. */
  plainValue(column: number, buffer: Buffer, start: number, end: number): number | undefined {
    if (this.columns[column]?.kind !== 'number') {
      return undefined;
    }
    if (start >= end) {
      return NaN;
    }
    const value = plainNumber(buffer, start, end);
    return Number.isNaN(value) ? undefined : value;
  }

  private lookAt(column: number, found: CsvRows, buffer: Buffer, from: number): void {
    let bits = this.bits[column] ?? 0;
    for (let row = from; row < found.count; row++) {
      // Nothing makes it anything else.
      if ((bits & cellKinds.text) !== 0) {
        break;
      }
      const start = found.start(row, column);
      const end = found.end(row, column);
      if (start >= end) bits |= cellKinds.missing;
      else if (!Number.isNaN(plainNumber(buffer, start, end))) bits |= cellKinds.number;
      else bits |= cellKind(cellText(buffer, start, end));
    }
    this.bits[column] = bits;
  }
}
