import paths from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ArtifactListing } from '../../mlflow/model';
import { listArtifacts } from '../local/listArtifacts';
import { artifactPlaces } from '../local/localArtifactRoot';
import type { Disk } from './disk';
import type { Shelf } from './shelf';

/**
 * One folder of the artifacts of a run or a logged model that lies in `folder`. A store that was copied from elsewhere names
 * places that are not on this machine: then the item's own `artifacts` folder counts, where MLflow keeps them by default.
 */
export function listItemArtifacts(
  { root, disk }: Shelf,
  uri: string,
  folder: string,
  path: string,
  signal: AbortSignal,
): Promise<ArtifactListing> {
  const storeFolder = paths.dirname(root);
  const own = paths.join(folder, 'artifacts');
  const isMoved = isGone(uri, storeFolder, disk) && disk.facts(own) !== undefined;
  return listArtifacts(isMoved ? pathToFileURL(own).href : uri, path, storeFolder, signal);
}

function isGone(uri: string, storeFolder: string, disk: Disk): boolean {
  if (/^(?!file:)[a-z][a-z0-9+.-]+:/i.test(uri)) {
    return false;
  }
  return artifactPlaces(uri, storeFolder, paths).folders.every(
    (folder) => disk.facts(folder) === undefined,
  );
}
