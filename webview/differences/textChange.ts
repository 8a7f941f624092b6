import * as l10n from '@vscode/l10n';
import type { ComparedRun } from '../../src/protocol/comparePage';
import { hasFacts } from './tableRows';
import { fullText } from './textRows';
import type { TextRows } from './textRows';

/** How a text is another than the baseline's; `sign` and `text` say it without colors. */
export interface Change {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly sign: string;
  readonly text: string;
}

/** How the text of a cell is another than the baseline's; `undefined` where it is the same, or where one is not known. */
export function changeOf(
  table: TextRows,
  row: number,
  column: number,
  baseline: number,
  runs: readonly ComparedRun[],
): Change | undefined {
  const [own, other] = [runs[column], runs[baseline]];
  const areKnown = own !== undefined && other !== undefined && hasFacts(own) && hasFacts(other);
  if (column === baseline || !areKnown) return undefined;
  const now = fullText(table.textAt(row, column));
  const before = fullText(table.textAt(row, baseline));
  if (now === before) return undefined;
  if (before === undefined) return { kind: 'added', sign: '+', text: l10n.t('added') };
  if (now === undefined) return { kind: 'removed', sign: '−', text: l10n.t('removed') };
  return { kind: 'changed', sign: '≠', text: l10n.t('changed from {0}', before) };
}
