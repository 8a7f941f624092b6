import type { Column } from './column';
import { NumberColumn } from './numberColumn';

/** Least and greatest values of one metric, as far as they were asked for. */
export class Extremes {
  readonly min = new NumberColumn();
  readonly max = new NumberColumn();
  /** Rows whose extremes may be of some of their points only. */
  private readonly sampled = new Set<number>();
  private readonly known = new Set<number>();

  /** Takes an answer: values in the order of `at`, NaN where there is none. */
  take(
    at: Uint32Array,
    { min, max, exact }: { min: Float64Array; max: Float64Array; exact: Uint8Array },
    rows: number,
  ): void {
    at.forEach((row, index) => {
      this.known.add(row);
      this.min.set(row, min[index] ?? NaN, rows);
      this.max.set(row, max[index] ?? NaN, rows);
      if (exact[index] === 1) this.sampled.delete(row);
      else this.sampled.add(row);
    });
  }

  /** What is known of a row stays until it is asked for again. */
  outdate(at: number): void {
    this.known.delete(at);
  }

  forget(at: number): void {
    this.known.delete(at);
    this.sampled.delete(at);
    this.min.clear(at);
    this.max.clear(at);
  }

  isKnown(at: number): boolean {
    return this.known.has(at);
  }

  isSampled(at: number): boolean {
    return this.sampled.has(at);
  }

  column(which: 'min' | 'max'): Column {
    return this[which];
  }
}
