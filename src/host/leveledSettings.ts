import * as vscode from 'vscode';

import type { SettingId } from '../ids';

/** A setting as the user wrote it, and as the workspace or its folder did; absent where unset. */
export interface LeveledSetting {
  readonly user: unknown;
  /** Absent in Restricted Mode, where it does not hold. */
  readonly workspace: unknown;
}

/** Reads a setting at each level, for a folder given by its path. */
export function leveledSetting(id: SettingId, folder: string | undefined): LeveledSetting {
  const places = configuration(folder).inspect(id);
  return {
    user: places?.globalValue,
    workspace: vscode.workspace.isTrusted
      ? (places?.workspaceFolderValue ?? places?.workspaceValue)
      : undefined,
  };
}

/** Changes a text setting wherever it is written, at every level; `undefined` leaves it as it is. */
export async function rewriteSetting(
  id: SettingId,
  rewrite: (value: string) => string | undefined,
): Promise<void> {
  const { Global, Workspace, WorkspaceFolder } = vscode.ConfigurationTarget;
  const change = async (
    value: unknown,
    target: vscode.ConfigurationTarget,
    folder?: string,
  ): Promise<void> => {
    const rewritten = typeof value === 'string' ? rewrite(value) : undefined;
    if (rewritten !== undefined) {
      await configuration(folder).update(id, rewritten, target);
    }
  };
  const places = configuration(undefined).inspect(id);
  await change(places?.globalValue, Global);
  await change(places?.workspaceValue, Workspace);
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    const ofFolder = configuration(uri.fsPath).inspect(id)?.workspaceFolderValue;
    if (vscode.workspace.workspaceFile !== undefined) {
      await change(ofFolder, WorkspaceFolder, uri.fsPath);
    }
  }
}

function configuration(folder: string | undefined): vscode.WorkspaceConfiguration {
  const scope = folder === undefined ? undefined : vscode.Uri.file(folder);
  return vscode.workspace.getConfiguration(undefined, scope);
}
