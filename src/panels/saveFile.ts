import { homedir } from 'node:os';

import * as vscode from 'vscode';

import type { SaveOutcome } from '../protocol/comparePage';
import { fileNameOf } from '../mlflow/fileName';

/** Asks where to and writes the file there: on the machine where the workspace is. */
export async function saveFile(
  suggested: string,
  content: string | Uint8Array,
): Promise<SaveOutcome> {
  const target = await askTarget(suggested);
  if (target === undefined) {
    return 'cancelled';
  }
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  await vscode.workspace.fs.writeFile(target, bytes);
  return 'saved';
}

/** Puts a text where it can be pasted. */
export async function copyText(text: string): Promise<undefined> {
  await vscode.env.clipboard.writeText(text);
  return undefined;
}

/** Asks where a file goes, beside the one that was saved last. */
export async function askTarget(suggested: string): Promise<vscode.Uri | undefined> {
  const name = fileNameOf(suggested);
  const extension = name.slice(name.lastIndexOf('.') + 1);
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(defaultFolder(), name),
    filters: { [extension.toUpperCase()]: [extension] },
  });
  lastFolder = target === undefined ? lastFolder : vscode.Uri.joinPath(target, '..');
  return target;
}

let lastFolder: vscode.Uri | undefined;

function defaultFolder(): vscode.Uri {
  const [workspace] = vscode.workspace.workspaceFolders ?? [];
  return lastFolder ?? workspace?.uri ?? vscode.Uri.file(homedir());
}
