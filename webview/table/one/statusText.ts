import * as l10n from '@vscode/l10n';
import type { TableLimit } from '../../../src/protocol/tablePage';
import type { PageState } from './state';
import { shownRows } from './state';

/** Elements of a browser grow no higher than 2 to the power of 25 pixels: rows beyond that are not reached by scrolling. */
const mostScrolled = 1_500_000;

/** How many rows of how many are shown, and how far the reading is. */
export function statusText(state: PageState): string {
  const { progress, columns, locale, isArranging } = state;
  const { facts, standing } = progress;
  if (standing === 'reading' && facts.rows === 0 && columns.length === 0) return l10n.t('Loading…');
  const count = (value: number): string => value.toLocaleString(locale);
  const all = Math.max(facts.rows, facts.rowsThere ?? 0);
  const isAll = shownRows(state) === all;
  const parts = [
    isAll
      ? l10n.t('{0} rows', count(all))
      : l10n.t('{0} of {1} rows', count(shownRows(state)), count(all)),
    l10n.t('{0} columns', count(columns.length)),
    ...(standing === 'reading' ? [loadingText(progress)] : []),
    ...(standing === 'stopped' ? [l10n.t('stopped')] : []),
    ...(shownRows(state) > mostScrolled
      ? [l10n.t('scrolling ends near row {0}: sort or filter to see others', count(mostScrolled))]
      : []),
    ...(isArranging ? [l10n.t('sorting and filtering…')] : []),
  ];
  return parts.join(' · ');
}

function loadingText({ read, size }: PageState['progress']): string {
  return size === undefined || size === 0
    ? l10n.t('still loading')
    : l10n.t('still loading {0} %', Math.min(99, Math.floor((read / size) * 100)));
}

/** Why not all of the file is shown. */
export function limitText({ progress, locale }: PageState, limit: TableLimit): string {
  return limit === 'columns'
    ? l10n.t('Only the first columns are shown: the file has more than can be held here.')
    : l10n.t(
        'Only the first {0} rows are shown: the file is larger than can be held here. Sorting and filtering know these alone.',
        progress.facts.rows.toLocaleString(locale),
      );
}
