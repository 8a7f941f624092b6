import { stat } from 'node:fs/promises';

import * as vscode from 'vscode';

/** Shows a file or folder where its kind is looked at: in the Explorer, in the system, or in a window of its own. */
export async function reveal(path: string): Promise<void> {
  const uri = vscode.Uri.file(path);
  if (vscode.workspace.getWorkspaceFolder(uri) !== undefined) {
    await vscode.commands.executeCommand('revealInExplorer', uri);
  } else if (vscode.env.remoteName === undefined) {
    await vscode.commands.executeCommand('revealFileInOS', uri);
  } else if ((await stat(path)).isDirectory()) {
    // There is no desktop where the files are.
    await vscode.commands.executeCommand('vscode.openFolder', uri, { forceNewWindow: true });
  } else {
    await vscode.commands.executeCommand('vscode.open', uri);
  }
}

export async function copyPath(paths: readonly string[]): Promise<void> {
  await vscode.env.clipboard.writeText(paths.join('\n'));
}
