import type { ComparedRun } from '../../src/protocol/comparePage';
import { hasFacts } from './tableRows';
import type { TableRows } from './tableRows';

/** The latest point of a metric. */
export interface MetricPoint {
  readonly value: number;
  readonly step: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
}

/** The lowest and the highest finite value of a row. */
export interface Extent {
  readonly lowest: number;
  readonly highest: number;
}

/** Latest values of runs by metric. */
export interface MetricRows extends TableRows {
  valueAt(row: number, column: number): number | undefined;
  pointAt(row: number, column: number): MetricPoint | undefined;
  /** `undefined` where fewer than two runs have a finite value, or all have the same. */
  extentOf(row: number): Extent | undefined;
}

const collator = new Intl.Collator('en', { numeric: true });

/** Puts the values of the same metric in one row, rows in natural order of their keys. */
export function metricRows(
  runs: readonly ComparedRun[],
  metricKeys: readonly string[],
): MetricRows {
  const places = placesOf(runs, metricKeys.length);
  const order = usedKeys(places, runs.length, metricKeys).sort((a, b) =>
    collator.compare(metricKeys[a] ?? '', metricKeys[b] ?? ''),
  );
  const known = runs.map(hasFacts);
  const placeAt = (row: number, column: number): number =>
    (places[(order[row] ?? 0) * runs.length + column] ?? 0) - 1;
  const valueAt = (row: number, column: number): number | undefined =>
    runs[column]?.metrics.values[placeAt(row, column)];
  return {
    keys: order.map((metric) => metricKeys[metric] ?? ''),
    valueAt,
    pointAt: (row, column) => pointOf(runs[column], placeAt(row, column)),
    differs: (row) => valuesDiffer(known, (column) => valueAt(row, column)),
    extentOf: (row) => extentOf(runs.length, (column) => valueAt(row, column)),
  };
}

/** For each metric and run where the run's columns have it, counted from 1; 0 where they do not. */
function placesOf(runs: readonly ComparedRun[], metrics: number): Int32Array {
  const places = new Int32Array(metrics * runs.length);
  runs.forEach(({ metrics: { keys } }, column) => {
    keys.forEach((metric, place) => {
      if (metric < metrics) places[metric * runs.length + column] = place + 1;
    });
  });
  return places;
}

function usedKeys(places: Int32Array, runs: number, metricKeys: readonly string[]): number[] {
  const used: number[] = [];
  for (let metric = 0; metric < metricKeys.length; metric++) {
    const from = metric * runs;
    for (let place = from; place < from + runs; place++) {
      if (places[place] === 0) continue;
      used.push(metric);
      break;
    }
  }
  return used;
}

function pointOf(run: ComparedRun | undefined, place: number): MetricPoint | undefined {
  const value = run?.metrics.values[place];
  if (run === undefined || value === undefined) return undefined;
  const { steps, timestamps } = run.metrics;
  return { value, step: steps[place] ?? 0, timestamp: timestamps[place] ?? 0 };
}

function valuesDiffer(
  known: readonly boolean[],
  valueAt: (column: number) => number | undefined,
): boolean {
  const first = known.indexOf(true);
  if (first < 0) return false;
  const value = valueAt(first);
  for (let column = first + 1; column < known.length; column++) {
    // NaN is like NaN, and -0 like 0.
    const other = valueAt(column);
    if (known[column] === true && other !== value && !Object.is(other, value)) return true;
  }
  return false;
}

function extentOf(
  runs: number,
  valueAt: (column: number) => number | undefined,
): Extent | undefined {
  let lowest = Infinity;
  let highest = -Infinity;
  for (let column = 0; column < runs; column++) {
    const value = valueAt(column);
    if (value === undefined || !Number.isFinite(value)) continue;
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  return lowest < highest ? { lowest, highest } : undefined;
}
