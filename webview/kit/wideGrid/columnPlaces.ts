import type { Span } from '../span';
import type { WideColumn } from './wideGridModel';

/** Where columns of any width begin, in pixels from the left edge of the table. */
export class ColumnPlaces {
  /** Columns before this one stay in sight. */
  readonly pinned: number;
  private readonly starts: Float64Array;

  constructor(private readonly columns: readonly WideColumn[]) {
    const firstLoose = columns.findIndex(({ isPinned }) => !isPinned);
    this.pinned = firstLoose < 0 ? columns.length : firstLoose;
    this.starts = new Float64Array(columns.length + 1);
    columns.forEach(({ width }, index) => {
      this.starts[index + 1] = this.starts[index]! + width;
    });
  }

  get count(): number {
    return this.columns.length;
  }

  get pinnedWidth(): number {
    return this.starts[this.pinned]!;
  }

  get width(): number {
    return this.starts[this.columns.length]!;
  }

  left(column: number): number {
    return this.starts[column] ?? 0;
  }

  widthOf(column: number): number {
    return this.columns[column]?.width ?? 0;
  }

  /** The columns beside the pinned ones that are seen, in a window of that width with the pinned ones. */
  seen(offset: number, width: number): Span {
    const start = Math.max(this.pinned, this.at(offset + this.pinnedWidth));
    const last = this.at(offset + Math.max(width, this.pinnedWidth) - 1);
    return { start, end: Math.max(start, Math.min(this.count, last + 1)) };
  }

  /** The column at a place, by halving; the last one behind all. */
  at(x: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.starts[middle + 1]! <= x) low = middle + 1;
      else high = middle;
    }
    return Math.min(low, Math.max(0, this.count - 1));
  }

  /** The place between columns that is nearest to `x`, as the column behind it. */
  gapAt(x: number): number {
    const column = this.at(x);
    return x - this.left(column) > this.widthOf(column) / 2 ? column + 1 : column;
  }

  /** The scroll offset at which a column is wholly seen, as near to `offset` as can be. */
  offsetShowing(column: number, offset: number, width: number): number {
    if (column < this.pinned) return offset;
    const left = this.left(column);
    if (left - this.pinnedWidth < offset) return Math.max(0, left - this.pinnedWidth);
    const right = left + this.widthOf(column);
    // Of a column that is wider than the window its begin is seen.
    return right > offset + width ? Math.min(right - width, left - this.pinnedWidth) : offset;
  }
}
