import * as vscode from 'vscode';

/** Whether a folder of this machine belongs to the workspace, whose code is trusted. */
export function isInWorkspace(folder: string): boolean {
  return vscode.workspace.getWorkspaceFolder(vscode.Uri.file(folder)) !== undefined;
}
