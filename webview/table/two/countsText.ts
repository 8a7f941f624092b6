import * as l10n from '@vscode/l10n';
import type { PageState } from './state';

/** How much of the two tables differs, or how far they are read. */
export function countsText({ facts, files, isComparing, locale }: PageState): string {
  const count = (value: number): string => value.toLocaleString(locale);
  const reading = files.filter(({ progress }) => progress.standing === 'reading');
  if (reading.length > 0) {
    const rows = files.reduce((sum, { progress }) => sum + progress.facts.rows, 0);
    return l10n.t('Loading… {0} rows', count(rows));
  }
  if (facts === undefined || isComparing) return l10n.t('Comparing…');
  const { rows, differing, onlyFirst, onlySecond, cells } = facts.counts;
  const columns = facts.columns.filter((each) => each.in === 'both');
  const different = columns.filter((each) => each.differing > 0);
  return [
    l10n.t('{0} of {1} rows differ', count(differing), count(rows)),
    ...(cells > 0 ? [l10n.t('{0} cells', count(cells))] : []),
    l10n.t('{0} of {1} columns', count(different.length), count(columns.length)),
    ...(onlyFirst > 0 ? [l10n.t('{0} only in the first', count(onlyFirst))] : []),
    ...(onlySecond > 0 ? [l10n.t('{0} only in the second', count(onlySecond))] : []),
  ].join(' · ');
}
