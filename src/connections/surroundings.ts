import * as vscode from 'vscode';

import type { Log } from '../base/log';
import { currentSettings } from '../host/settings';
import { MlflowError } from '../mlflow/errors';
import type { TrackingStore } from '../mlflow/trackingStore';
import { registryUri } from './connector';
import {
  envFile,
  type Chosen,
  type Place,
  type ResolvedUri,
  type Surroundings,
} from './findConnections';

const answerLimit = 1500;

/** Reads what decides what this window connects to. */
export function surroundings(
  chosen: Chosen,
  answers: (url: string) => Promise<boolean>,
): Surroundings {
  return {
    places: places(),
    environment: process.env,
    chosen,
    trusted: vscode.workspace.isTrusted,
    answers,
  };
}

/** Whether an MLflow server answers at an address, soon. */
export function answering(
  openStore: (uri: string) => TrackingStore,
  signal: AbortSignal,
  log: Log,
): (url: string) => Promise<boolean> {
  return async (url) => {
    const store = openStore(url);
    try {
      await store.serverInfo(AbortSignal.any([signal, AbortSignal.timeout(answerLimit)]));
      return true;
    } catch (error) {
      log.debug(`no server at ${url}: ${String(error)}`);
      return error instanceof MlflowError && error.kind === 'unauthorized';
    } finally {
      store.dispose();
    }
  };
}

/**
 * Where registered models live: the setting, else `MLFLOW_REGISTRY_URI` of the environment, else of
 * the folder's `.env`; `undefined` where they live on the tracking server. What the workspace says
 * goes with its own tracking server, not with one that was chosen in its place.
 */
export async function registryFor(tracking: ResolvedUri): Promise<ResolvedUri | undefined> {
  const folder = tracking.folder ?? places()[0]?.folder;
  const setting = currentSettings.registryUri(folder);
  const isChosen = tracking.origin === 'chosen' || tracking.origin === 'chosenOfOthers';
  if (setting.value !== '' && !(isChosen && setting.from === 'workspace')) {
    const origin = setting.from === 'user' ? 'userSetting' : 'workspaceSetting';
    return registryUri(setting.value, { ...tracking, origin }, folder);
  }
  const fromEnvironment = process.env['MLFLOW_REGISTRY_URI']?.trim();
  if (fromEnvironment) {
    return registryUri(fromEnvironment, { ...tracking, origin: 'environment' }, folder);
  }
  const variables =
    folder !== undefined && vscode.workspace.isTrusted && !isChosen
      ? await envFile(folder)
      : undefined;
  const fromFile = variables?.['MLFLOW_REGISTRY_URI']?.trim();
  return fromFile ? registryUri(fromFile, { ...tracking, origin: 'envFile' }, folder) : undefined;
}

/** Paths of the folders of the workspace. */
export function localFolders(): readonly string[] {
  return places().flatMap(({ folder }) => folder ?? []);
}

/** From where relative paths count; `undefined` in a window without a folder. */
export function firstFolder(): string | undefined {
  return places()[0]?.folder;
}

/** The folders of the workspace with what their settings say, or the window itself without one. */
function places(): readonly Place[] {
  const folders = (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ uri }) => uri.fsPath);
  return (folders.length === 0 ? [undefined] : folders).map((folder) => ({
    folder,
    setting: currentSettings.trackingUri(folder),
  }));
}
