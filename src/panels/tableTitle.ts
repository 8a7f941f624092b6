import * as vscode from 'vscode';

/** What a page of runs is called, by the names of its experiments. */
export function tableTitle(experiments: readonly { readonly name: string }[]): string {
  return experiments.length > 2
    ? vscode.l10n.t('Runs: {0} experiments', experiments.length)
    : vscode.l10n.t('Runs: {0}', experiments.map(({ name }) => name).join(', '));
}
