import type { LatestMetrics } from '../../../src/protocol/comparePage';

/** The latest points of a run's metrics, by key in their natural order. */
export interface MetricRow {
  readonly key: string;
  readonly value: number;
  readonly step: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
}

const natural = new Intl.Collator('en', { numeric: true });

/** Metrics of the machine apart from those of the model, as MLflow's own page has them. */
export function metricRows(
  { keys, values, steps, timestamps }: LatestMetrics,
  metricKeys: readonly string[],
): { readonly own: readonly MetricRow[]; readonly system: readonly MetricRow[] } {
  const rows = Array.from(keys, (place, at) => ({
    key: metricKeys[place] ?? '',
    value: values[at]!,
    step: steps[at]!,
    timestamp: timestamps[at]!,
  })).sort((one, other) => natural.compare(one.key, other.key));
  const isSystem = ({ key }: MetricRow): boolean => key.startsWith('system/');
  return { own: rows.filter((row) => !isSystem(row)), system: rows.filter(isSystem) };
}
