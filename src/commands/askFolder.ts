import * as vscode from 'vscode';

import { currentSettings } from '../host/settings';
import { plainLabel } from '../mlflow/plainLabel';
import { displayUri } from '../mlflow/trackingUri';

interface FolderItem extends vscode.QuickPickItem {
  readonly folder: string | undefined;
}

/**
 * Asks which folder of several a tracking URI is for; `undefined` is the whole workspace. Throws a
 * `CancellationError` when it was left.
 */
export async function askFolder(): Promise<string | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length < 2 || !vscode.workspace.isTrusted) {
    return undefined;
  }
  const items: readonly FolderItem[] = [
    {
      label: vscode.l10n.t('Workspace'),
      description: vscode.l10n.t('every folder without a tracking URI of its own'),
      folder: undefined,
    },
    ...folders.map(({ name, uri }) => ({
      label: plainLabel(name),
      description: plainLabel(displayUri(currentSettings.trackingUri(uri.fsPath).value)),
      folder: uri.fsPath,
    })),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Set Tracking URI'),
    placeHolder: vscode.l10n.t('Choose what it is for'),
  });
  if (picked === undefined) {
    throw new vscode.CancellationError();
  }
  return picked.folder;
}
