import * as l10n from '@vscode/l10n';
import { formatShort } from '../../../src/mlflow/format';
import type { TableSummary } from '../../../src/protocol/tablePage';
import { oneLine } from '../../kit/oneLine';
import type { PageState } from './state';

const longestText = 60;

/** What a column holds, a line for each figure. */
export function summaryLines(
  { columns, locale }: PageState,
  column: number,
  summary: TableSummary,
): readonly string[] {
  const { rows, missing, least, greatest, mean, distinct } = summary;
  const isNumber = columns[column]?.kind === 'number';
  const short = (text: string): string => {
    const value = Number(text);
    return isNumber && text.length > 9 && !Number.isNaN(value)
      ? formatShort(value)
      : oneLine(text, longestText);
  };
  const count = (value: number): string => value.toLocaleString(locale);
  const lines: string[] = [];
  if (least !== undefined && greatest !== undefined)
    lines.push(l10n.t('from {0} to {1}', short(least), short(greatest)));
  if (mean !== undefined) lines.push(l10n.t('mean {0}', formatShort(Number(mean))));
  if (distinct !== undefined) lines.push(l10n.t('{0} different values', count(distinct)));
  if (missing > 0) lines.push(l10n.t('{0} of {1} empty', count(missing), count(rows)));
  return lines;
}
