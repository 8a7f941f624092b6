import * as l10n from '@vscode/l10n';
import { formatFull, toOneLine } from '../../../src/mlflow/format';
import type { Column } from '../model/column';
import type { Aggregate, GroupKey } from '../model/tableLayout';
import { columnTitle } from '../table/columnTexts';
import type { Figures } from './figures';
import { columnOfGroup } from './groupRuns';
import type { RunGroup } from './groupRuns';

/** What a group is called: its value, on one line. */
export function groupTitle({ by, value }: RunGroup): string {
  const name = nameOf(by);
  if (value === undefined) return l10n.t('{0}: none', name);
  return value === '' ? l10n.t('{0}: empty', name) : `${name}: ${toOneLine(value, 120)}`;
}

/** How many runs there are in it. */
export function groupSize({ runs }: RunGroup): string {
  return runs.length === 1 ? l10n.t('1 run') : l10n.t('{0} runs', runs.length);
}

/** What runs can be grouped by, as a person reads it. */
export function groupKeyText(by: GroupKey): string {
  const { kind, key } = by;
  switch (kind) {
    case 'param':
      return l10n.t('{0} (parameter)', key);
    case 'tag':
      return l10n.t('{0} (tag)', key);
    case 'attribute':
      return nameOf(by);
  }
}

/** What stands at the head of the column that runs are grouped by. */
function nameOf(by: GroupKey): string {
  const id = columnOfGroup(by);
  return toOneLine(id === undefined ? by.key : columnTitle(id), 60);
}

export function aggregateText(aggregate: Aggregate): string {
  return {
    mean: () => l10n.t('mean'),
    std: () => l10n.t('standard deviation'),
    min: () => l10n.t('least'),
    max: () => l10n.t('greatest'),
  }[aggregate]();
}

/** All figures of a group in one column, for a hover: what was left out is said. */
export function figuresHint(figures: Figures): string {
  const { mean, std, min, max, count, odd, missing } = figures;
  const line = (name: string, value: number | undefined): string =>
    value === undefined ? '' : `${name}: ${formatFull(value)}`;
  return [
    line(l10n.t('mean'), mean),
    line(l10n.t('standard deviation'), std),
    line(l10n.t('least'), min),
    line(l10n.t('greatest'), max),
    l10n.t('of {0} values', count),
    odd > 0 && l10n.t('left out: {0} that are NaN or infinite', odd),
    missing > 0 && l10n.t('without a value: {0}', missing),
  ]
    .filter(Boolean)
    .join('\n');
}

/** What runs of a group have in a column of texts: the one that all have, or how many different ones there are. */
export function commonText(column: Column | undefined, runs: readonly number[]): string {
  const texts = new Set<string>();
  for (const at of runs) {
    texts.add(column?.has(at) === true ? column.text(at) : '');
    if (texts.size > mostCounted) return l10n.t('more than {0} values', mostCounted);
  }
  const [text = ''] = texts;
  return texts.size <= 1 ? text : l10n.t('{0} values', texts.size);
}

const mostCounted = 999;
