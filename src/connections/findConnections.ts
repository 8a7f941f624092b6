import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';

import type { Found, NamedUri, UriOrigin } from '../mlflow/found';
import { displayUri, parseTrackingUri, type TrackingUri } from '../mlflow/trackingUri';
import { findLocalStores } from './localStore';

export type { UriOrigin } from '../mlflow/found';

export interface ResolvedUri {
  readonly origin: UriOrigin;
  readonly uri: TrackingUri;
  /** The folder that it was found for, where it matters which settings and files go with it. */
  readonly folder: string | undefined;
}

/** One thing to connect to. */
export type FoundUri = ResolvedUri & Found;

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
  readonly instead: NamedUri | undefined;
  /** Shown as well. */
  readonly beside: readonly NamedUri[];
}

/** What a window has before a person chose anything. */
export const nothingChosen: Chosen = { instead: undefined, beside: [] };

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
export async function findConnections(around: Surroundings): Promise<readonly FoundUri[]> {
  const { instead, beside } = around.chosen;
  const folder = around.places[0]?.folder;
  const found = instead === undefined ? await findInPlaces(around) : [chosenUri(instead, folder)];
  return distinct([
    ...found.map((resolved) => ({ ...resolved, folders: foldersOf(resolved), beside: false })),
    ...beside.map((named) => ({ ...chosenUri(named, folder), folders: [], beside: true })),
  ]);
}

function foldersOf({ folder }: ResolvedUri): readonly string[] {
  return folder === undefined ? [] : [folder];
}

function chosenUri({ uri, namedBy }: NamedUri, folder: string | undefined): ResolvedUri {
  const origin = namedBy === 'person' ? 'chosen' : 'chosenOfOthers';
  return { origin, uri: anchored(parseTrackingUri(uri), folder), folder: undefined };
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
  const [store] = await findLocalStores(folder);
  return store === undefined ? undefined : found('localStore', store);
}

/** Every local store in these folders, also those that something else comes before. */
export async function localStoresIn(folders: readonly string[]): Promise<readonly FoundUri[]> {
  const each = await Promise.all(
    folders.map(async (folder) => {
      const stores = await findLocalStores(folder);
      return stores.map((text) => ({
        origin: 'localStore' as const,
        uri: anchored(parseTrackingUri(text), folder),
        folder,
        folders: [folder],
        beside: false,
      }));
    }),
  );
  return each.flat();
}

/** The variables of the `.env` file in `folder`; none where there is no such file. */
export async function envFile(folder: string): Promise<Readonly<Record<string, string>>> {
  let text: string;
  try {
    text = await readFile(join(folder, '.env'), 'utf8');
  } catch {
    return {};
  }
  const { parseEnv } = await import('./parseEnv');
  return parseEnv(text);
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
export function connectionId({ uri }: Pick<ResolvedUri, 'uri'>): string {
  return displayUri(uri.uri).replace(/\/+$/, '');
}

function distinct(all: readonly FoundUri[]): readonly FoundUri[] {
  const byId = new Map<string, FoundUri>();
  for (const found of all) {
    const id = connectionId(found);
    const former = byId.get(id);
    const folders = [...(former?.folders ?? []), ...found.folders];
    byId.set(id, { ...(former ?? found), folders });
  }
  return [...byId.values()];
}
