import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';

import { parse } from 'dotenv';

import { displayUri, parseTrackingUri, type TrackingUri } from '../mlflow/trackingUri';
import { findLocalStore } from './localStore';

/** Where a tracking URI was found. */
export type UriOrigin =
  | 'userSetting'
  /** The settings of the workspace or of one of its folders. */
  | 'workspaceSetting'
  | 'environment'
  /** The `.env` file of a folder. */
  | 'envFile'
  | 'localStore'
  | 'defaultServer'
  /** Chosen by a person for this window, out of those they used before. */
  | 'chosen';

export interface ResolvedUri {
  readonly origin: UriOrigin;
  readonly uri: TrackingUri;
  /** The folder that it was found for, where it matters which settings and files go with it. */
  readonly folder: string | undefined;
}

/** A setting, and who wrote it. */
export interface SettingValue {
  /** Empty when it is not set. */
  readonly value: string;
  readonly from: 'user' | 'workspace';
}

/** A place that may name a tracking URI: a folder, or a window without one. */
export interface Place {
  readonly folder: string | undefined;
  readonly setting: SettingValue;
}

/** What a person chose for a window. */
export interface Chosen {
  /** Takes the place of whatever would be found. */
  readonly instead: string | undefined;
  /** Shown as well. */
  readonly beside: readonly string[];
}

export interface Surroundings {
  /** The folders of the workspace, or the one place of a window that has none. */
  readonly places: readonly Place[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly chosen: Chosen;
  /** Whether files of the workspace may decide what is connected to. */
  readonly trusted: boolean;
  /** Whether an MLflow server answers at this address. */
  answers(url: string): Promise<boolean>;
}

/** Where `mlflow server` listens when nothing is said. */
export const defaultServer = 'http://127.0.0.1:5000';

/**
 * Finds what to connect to: what was chosen, else for every folder its setting, else
 * `MLFLOW_TRACKING_URI` of the environment or of its `.env`, else a local store in it. Where no
 * folder has any, the default server if it answers. What several folders name is there once.
 */
export async function findConnections(around: Surroundings): Promise<readonly ResolvedUri[]> {
  const { instead, beside } = around.chosen;
  const found = instead === undefined ? await findInPlaces(around) : [chosenUri(instead)];
  return distinct([...found, ...beside.map(chosenUri)]);
}

function chosenUri(text: string): ResolvedUri {
  return { origin: 'chosen', uri: parseTrackingUri(text), folder: undefined };
}

async function findInPlaces(around: Surroundings): Promise<readonly ResolvedUri[]> {
  const each = await Promise.all(around.places.map((place) => findInPlace(place, around)));
  const found = each.filter((resolved) => resolved !== undefined);
  if (found.length > 0) {
    return found;
  }
  const uri = parseTrackingUri(defaultServer);
  return (await around.answers(defaultServer))
    ? [{ origin: 'defaultServer', uri, folder: undefined }]
    : [];
}

async function findInPlace(place: Place, around: Surroundings): Promise<ResolvedUri | undefined> {
  const { folder, setting } = place;
  const found = (origin: UriOrigin, text: string): ResolvedUri => ({
    origin,
    uri: anchored(parseTrackingUri(text), folder),
    folder,
  });
  if (setting.value.trim() !== '') {
    return found(setting.from === 'user' ? 'userSetting' : 'workspaceSetting', setting.value);
  }
  const fromEnvironment = around.environment['MLFLOW_TRACKING_URI']?.trim();
  if (fromEnvironment) {
    return found('environment', fromEnvironment);
  }
  if (folder === undefined) {
    return undefined;
  }
  const fromFile = around.trusted
    ? (await envFile(folder))['MLFLOW_TRACKING_URI']?.trim()
    : undefined;
  if (fromFile) {
    return found('envFile', fromFile);
  }
  const store = await findLocalStore(folder);
  return store === undefined ? undefined : found('localStore', store);
}

/** The variables of the `.env` file in `folder`; none where there is no such file. */
export async function envFile(folder: string): Promise<Readonly<Record<string, string>>> {
  try {
    return parse(await readFile(join(folder, '.env')));
  } catch {
    return {};
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

/** Tells connections apart: the same text for the same server, whoever signs in. */
export function connectionId({ uri }: ResolvedUri): string {
  return displayUri(uri.uri).replace(/\/+$/, '');
}

function distinct(all: readonly ResolvedUri[]): readonly ResolvedUri[] {
  const byId = new Map<string, ResolvedUri>();
  for (const resolved of all) {
    const id = connectionId(resolved);
    if (!byId.has(id)) {
      byId.set(id, resolved);
    }
  }
  return [...byId.values()];
}
