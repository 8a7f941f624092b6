import * as vscode from 'vscode';

import type { Combination } from '../projects/sweepContracts';

/** A count as it is read: `10,000`. */
export function countText(count: number): string {
  return Number.isFinite(count) ? count.toLocaleString('en') : '∞';
}

export function runsText(count: number): string {
  return count === 1 ? vscode.l10n.t('1 run') : vscode.l10n.t('{0} runs', countText(count));
}

/** The values of a combination in a line. */
export function valuesText({ values }: Pick<Combination, 'values'>): string {
  return values.map(([name, text]) => `${name}=${text}`).join(', ');
}
