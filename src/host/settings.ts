import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import { settings, type SettingId } from '../ids';

/** Bounds of `mlflow.pageSize`, as the manifest declares them; a settings file may say anything. */
const pageSizes = { smallest: 10, usual: 100, largest: 1000 };

/** A text setting, and who wrote it. */
export interface SettingText {
  /** Empty when it is not set. */
  readonly value: string;
  readonly from: 'user' | 'workspace';
}

/** The settings in force, read when asked for. */
export const currentSettings = {
  trackingUri: (folder?: string): SettingText => textFor(settings.trackingUri, folder),
  registryUri: (folder?: string): SettingText => textFor(settings.registryUri, folder),
  interpreter: (): string => text(settings.interpreter),

  /** Seconds; 0 is never. */
  refreshInterval: (): number => {
    const value = read(settings.refreshInterval);
    return typeof value === 'number' && value > 0 ? Math.max(1, value) : 0;
  },

  notifyWhenRunEnds: (): boolean => read(settings.notifyWhenRunEnds) !== false,

  pageSize: (): number => {
    const value = read(settings.pageSize);
    const size = typeof value === 'number' ? Math.round(value) : pageSizes.usual;
    return Math.min(pageSizes.largest, Math.max(pageSizes.smallest, size));
  },
};

function read(id: SettingId): unknown {
  return vscode.workspace.getConfiguration().get(id);
}

function text(id: SettingId): string {
  const value = read(id);
  return typeof value === 'string' ? value.trim() : '';
}

/** The value that holds in a folder, given by its path. */
function textFor(id: SettingId, folder: string | undefined): SettingText {
  const scope = folder === undefined ? undefined : vscode.Uri.file(folder);
  const configuration = vscode.workspace.getConfiguration(undefined, scope);
  const value: unknown = configuration.get(id);
  const places = configuration.inspect(id);
  const inWorkspace = places?.workspaceFolderValue ?? places?.workspaceValue;
  return {
    value: typeof value === 'string' ? value.trim() : '',
    // In Restricted Mode the workspace's value stands there and does not hold.
    from: inWorkspace !== undefined && inWorkspace === value ? 'workspace' : 'user',
  };
}

/** Calls back when one of `ids` changes. */
export function onDidChangeSettings(ids: readonly SettingId[], listener: () => void): Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (ids.some((id) => event.affectsConfiguration(id))) {
      listener();
    }
  });
}

/**
 * Writes a setting for a folder; without one where it was set already, else to the workspace when
 * there is one, else for the user. In Restricted Mode a workspace's value would not count, so the
 * user's is written.
 */
export async function writeSetting(id: SettingId, value: string, folder?: string): Promise<void> {
  const { workspace } = vscode;
  const scope = folder === undefined ? undefined : vscode.Uri.file(folder);
  const configuration = workspace.getConfiguration(undefined, scope);
  const places = configuration.inspect(id);
  const useWorkspace =
    workspace.isTrusted &&
    workspace.workspaceFolders !== undefined &&
    (places?.workspaceValue !== undefined || places?.globalValue === undefined);
  const { Global, Workspace, WorkspaceFolder } = vscode.ConfigurationTarget;
  const inFolder = workspace.isTrusted && folder !== undefined;
  const target = inFolder ? WorkspaceFolder : useWorkspace ? Workspace : Global;
  await configuration.update(id, value === '' ? undefined : value, target);
}

/** Turns a setting off for the user, whose taste it is; for the workspace only where that turns it on. */
export async function turnOff(id: SettingId): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  const { Global, Workspace } = vscode.ConfigurationTarget;
  const inWorkspace = configuration.inspect(id)?.workspaceValue !== undefined;
  await configuration.update(id, false, inWorkspace ? Workspace : Global);
}
