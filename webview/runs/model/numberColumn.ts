import { formatFull } from '../../../src/mlflow/format';
import type { Column } from './column';

/** Above this share of rows, an array takes less room than a map. */
const denseShare = 1 / 6;
const fewestDense = 64;

/** Numbers of rows, NaN among them: a map while few have one, then an array with a bit for each row that has. */
export class NumberColumn implements Column {
  filled = 0;
  varies = false;
  private first: number | undefined;
  private sparse: Map<number, number> | undefined = new Map();
  private values = new Float64Array(0);
  private present = new Uint8Array(0);

  /** @param rows how many rows there are or will soon be */
  set(at: number, value: number, rows: number): void {
    if (this.filled === 0) this.first = value;
    else if (!Object.is(value, this.first)) this.varies = true;
    if (!this.has(at)) this.filled += 1;
    if (this.sparse !== undefined) {
      this.sparse.set(at, value);
      if (this.filled >= fewestDense && this.filled > rows * denseShare) this.makeDense(rows);
      return;
    }
    if (at >= this.values.length) this.grow(Math.max(rows, at + 1));
    this.values[at] = value;
    this.present[at >> 3]! |= 1 << (at & 7);
  }

  clear(at: number): void {
    if (!this.has(at)) return;
    this.filled -= 1;
    if (this.sparse !== undefined) this.sparse.delete(at);
    else this.present[at >> 3]! &= ~(1 << (at & 7));
  }

  has(at: number): boolean {
    if (this.sparse !== undefined) return this.sparse.has(at);
    return ((this.present[at >> 3] ?? 0) & (1 << (at & 7))) !== 0;
  }

  number(at: number): number {
    if (this.sparse !== undefined) return this.sparse.get(at) ?? NaN;
    return this.has(at) ? this.values[at]! : NaN;
  }

  text(at: number): string {
    return this.has(at) ? formatFull(this.number(at)) : '';
  }

  private makeDense(rows: number): void {
    const entries = this.sparse ?? new Map<number, number>();
    this.sparse = undefined;
    this.grow(Math.max(rows, ...entries.keys()) + 1);
    for (const [at, value] of entries) {
      this.values[at] = value;
      this.present[at >> 3]! |= 1 << (at & 7);
    }
  }

  private grow(rows: number): void {
    const values = new Float64Array(rows);
    values.set(this.values);
    this.values = values;
    const present = new Uint8Array((rows >> 3) + 1);
    present.set(this.present);
    this.present = present;
  }
}
