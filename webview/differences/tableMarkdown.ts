import { formatFull } from '../../src/mlflow/format';
import type { ComparedRun } from '../../src/protocol/comparePage';
import { markdownTable } from '../kit/markdownTable';
import type { MetricRows } from './metricRows';
import type { ShownRows } from './tableRows';
import { fullText } from './textRows';
import type { TextRows } from './textRows';

/** What a table shows, with everything in full. */
export function tableMarkdown(
  title: string,
  runs: readonly ComparedRun[],
  table: TextRows | MetricRows,
  shown: ShownRows,
): string {
  const cellAt = (row: number, column: number): string => {
    if ('textAt' in table) return fullText(table.textAt(row, column)) ?? '';
    const value = table.valueAt(row, column);
    return value === undefined ? '' : formatFull(value);
  };
  const rows = shown.rows.map((row) => [
    table.keys[row] ?? '',
    ...runs.map((_, column) => cellAt(row, column)),
  ]);
  const header = [title, ...runs.map(({ name }) => name)];
  return markdownTable(header, rows, !('textAt' in table));
}
