import * as vscode from 'vscode';

import { sourcePaths } from './present/sourcePaths';

/** The file of the workspace that a run was made by, as far as it can be told; `undefined` where it is not here. */
export async function findSource(source: string): Promise<vscode.Uri | undefined> {
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    for (const path of sourcePaths(source, uri.path)) {
      const file = vscode.Uri.joinPath(uri, path);
      if (await isFile(file)) {
        return file;
      }
    }
  }
  return undefined;
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return (type & vscode.FileType.File) !== 0;
  } catch {
    return false;
  }
}
