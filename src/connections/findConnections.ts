import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';

import { parse } from 'dotenv';

import { parseTrackingUri, type TrackingUri } from '../mlflow/trackingUri';
import { findLocalStore } from './localStore';

/** Where a tracking URI was found. */
export type UriOrigin = 'setting' | 'environment' | 'envFile' | 'localStore' | 'defaultServer';

export interface ResolvedUri {
  readonly origin: UriOrigin;
  readonly uri: TrackingUri;
}

export interface Surroundings {
  /** The setting; empty when it is not set. */
  readonly setting: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folders of the workspace; relative paths count from the first. */
  readonly folders: readonly string[];
  /** Whether files of the workspace may decide what is connected to. */
  readonly trusted: boolean;
  /** Whether an MLflow server answers at this address. */
  answers(url: string): Promise<boolean>;
}

/** Where `mlflow server` listens when nothing is said. */
export const defaultServer = 'http://127.0.0.1:5000';

/**
 * Finds the tracking URI: the setting, else `MLFLOW_TRACKING_URI` of the environment or of the
 * folder's `.env`, else a local store in the workspace, else the default server if it answers.
 */
export async function resolveTrackingUri(around: Surroundings): Promise<ResolvedUri | undefined> {
  const folder = around.folders[0];
  const found = (origin: UriOrigin, text: string): ResolvedUri => ({
    origin,
    uri: anchored(parseTrackingUri(text), folder),
  });
  if (around.setting.trim() !== '') {
    return found('setting', around.setting);
  }
  const fromEnvironment = around.environment['MLFLOW_TRACKING_URI']?.trim();
  if (fromEnvironment) {
    return found('environment', fromEnvironment);
  }
  for (const each of around.folders) {
    const fromFile = around.trusted ? await envFileUri(each) : undefined;
    if (fromFile) {
      return { origin: 'envFile', uri: anchored(parseTrackingUri(fromFile), each) };
    }
  }
  for (const each of around.folders) {
    const store = await findLocalStore(each);
    if (store !== undefined) {
      return found('localStore', store);
    }
  }
  return (await around.answers(defaultServer)) ? found('defaultServer', defaultServer) : undefined;
}

async function envFileUri(folder: string): Promise<string | undefined> {
  try {
    return parse(await readFile(join(folder, '.env')))['MLFLOW_TRACKING_URI']?.trim();
  } catch {
    return undefined;
  }
}

/** Makes a relative path one below `folder`, as if MLflow had been started there. */
export function anchored(uri: TrackingUri, folder: string | undefined): TrackingUri {
  if ((uri.kind !== 'sqlite' && uri.kind !== 'files') || folder === undefined) {
    return uri;
  }
  if (isAbsolute(uri.path)) {
    return uri;
  }
  const path = join(folder, uri.path);
  return { ...uri, path, uri: uri.kind === 'sqlite' ? `sqlite:///${path}` : path };
}
