import * as vscode from 'vscode';

/** The document that a tab shows, whichever editor it is; `undefined` for a tab of anything else. */
export function tabUri({ input }: vscode.Tab): vscode.Uri | undefined {
  return input instanceof vscode.TabInputText ||
    input instanceof vscode.TabInputCustom ||
    input instanceof vscode.TabInputNotebook
    ? input.uri
    : undefined;
}
