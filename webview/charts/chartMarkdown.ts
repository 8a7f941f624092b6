import * as l10n from '@vscode/l10n';

import { formatFull } from '../../src/mlflow/format';
import { markdownTable } from '../kit/markdownTable';
import type { ChartModel } from './chartModel';
import { summaryOfValues } from './chartTexts';

/** What a chart shows of each run, as a table in Markdown. */
export function chartMarkdown(metric: string, { runs }: ChartModel): string {
  const header = [metric, l10n.t('Points'), l10n.t('Lowest'), l10n.t('Highest'), l10n.t('Last')];
  const rows = runs.map(({ run, status, latest }) => {
    const found = status.data && summaryOfValues(status.data.values);
    const numbers = [found?.count, found?.min?.value, found?.max?.value, latest.value];
    return [run.name, ...numbers.map((value) => (value === undefined ? '' : formatFull(value)))];
  });
  return markdownTable(header, rows, true);
}
