import * as vscode from 'vscode';

import { toOneLine } from '../mlflow/format';

const longestName = 60;

/** What a page of runs is called, by the names of its experiments. */
export function tableTitle(experiments: readonly { readonly name: string }[]): string {
  return experiments.length > 2
    ? vscode.l10n.t('Runs: {0} experiments', experiments.length)
    : vscode.l10n.t(
        'Runs: {0}',
        experiments.map(({ name }) => toOneLine(name, longestName)).join(', '),
      );
}
