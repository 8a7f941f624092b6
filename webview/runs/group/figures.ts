import type { Column } from '../model/column';
import type { Aggregate } from '../model/tableLayout';

/** What the values of some runs in one column amount to. */
export interface Figures {
  /** How many values the others are made of: the finite ones. */
  readonly count: number;
  /** Of the sample, as pandas has it (`ddof=1`); `undefined` for fewer than two values. */
  readonly std: number | undefined;
  /** These three are `undefined` where there is no value. */
  readonly mean: number | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  /** How many runs have a value that is NaN or infinite, and was left out. */
  readonly odd: number;
  /** How many runs have none. */
  readonly missing: number;
}

/** Beyond this size, squares are not finite any more. */
const hugeSize = 1e150;

/** Sums up a column of numbers over runs. */
export function figuresOf(column: Column | undefined, runs: readonly number[]): Figures {
  const values: number[] = [];
  let [odd, missing] = [0, 0];
  for (const at of runs) {
    if (column?.has(at) !== true) missing++;
    else {
      const value = column.number(at);
      if (Number.isFinite(value)) values.push(value);
      else odd++;
    }
  }
  const min = values.length === 0 ? undefined : values.reduce((a, b) => Math.min(a, b));
  const max = values.length === 0 ? undefined : values.reduce((a, b) => Math.max(a, b));
  return { count: values.length, min, max, odd, missing, ...meanAndStd(values, min, max) };
}

/** By Welford's way, which keeps its digits where values are close to each other and far from zero. */
function meanAndStd(
  values: readonly number[],
  min: number | undefined,
  max: number | undefined,
): Pick<Figures, 'mean' | 'std'> {
  if (min === undefined || max === undefined) return { mean: undefined, std: undefined };
  const size = Math.max(Math.abs(min), Math.abs(max));
  const scale = size > hugeSize ? size : 1;
  let [mean, squares, count] = [0, 0, 0];
  for (const value of values) {
    count++;
    const distance = value / scale - mean;
    mean += distance / count;
    squares += distance * (value / scale - mean);
  }
  const std = count < 2 ? undefined : Math.sqrt(squares / (count - 1)) * scale;
  // Rounding must not lead out of what there is.
  return { mean: Math.min(max, Math.max(min, mean * scale)), std };
}

/** The figure that stands in a cell. */
export function figureOf(figures: Figures, aggregate: Aggregate): number | undefined {
  return figures[aggregate];
}
