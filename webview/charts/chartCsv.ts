import { type HistoryPart, historyCsv } from '../../src/mlflow/series/historyCsv';
import type { ChartModel } from './chartModel';

/** More than this is written by the extension, row by row, instead of being put together here. */
const mostPoints = 200_000;

/** The whole histories of a chart as CSV; `undefined` where they are not all here, or too long to send as one text. */
export function chartCsv(metric: string, { runs }: ChartModel): string | undefined {
  const parts: HistoryPart[] = [];
  let points = 0;
  for (const { run, status } of runs) {
    if (status.data?.complete !== true) return undefined;
    points += status.data.values.length;
    parts.push({ run: run.name, runId: run.runId, metric, series: status.data });
  }
  return points > mostPoints ? undefined : [...historyCsv(parts)].join('');
}
