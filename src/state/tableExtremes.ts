import type { MetricHistory } from '../mlflow/model';
import { summarize } from '../mlflow/series/summary';
import type { TableRow } from './tableRows';

/** The least and the greatest finite value of a series; NaN where it has none. */
export interface Extremes {
  readonly min: number;
  readonly max: number;
  /** Whether all points were looked at. */
  readonly exact: boolean;
}

/** So many are remembered. */
const mostKnown = 100_000;

/** Extremes that were found before, for as long as the run's latest point is the same. */
export class TableExtremes {
  private readonly known = new Map<string, { readonly latest: string; readonly is: Extremes }>();

  /** @param metric the place of the metric's key */
  get(row: TableRow, metric: number): Extremes | undefined {
    const entry = this.known.get(keyOf(row, metric));
    return entry?.latest === latestOf(row, metric) ? entry.is : undefined;
  }

  put(row: TableRow, metric: number, { values, complete }: MetricHistory): Extremes {
    const { min, max } = summarize(values);
    const is = { min: min?.value ?? Number.NaN, max: max?.value ?? Number.NaN, exact: complete };
    if (this.known.size >= mostKnown) {
      this.known.clear();
    }
    this.known.set(keyOf(row, metric), { latest: latestOf(row, metric), is });
    return is;
  }
}

function keyOf({ key }: TableRow, metric: number): string {
  return `${metric} ${key}`;
}

function latestOf({ metrics }: TableRow, metric: number): string {
  const index = metrics.keys.indexOf(metric);
  return `${metrics.values[index]} ${metrics.steps[index]}`;
}
