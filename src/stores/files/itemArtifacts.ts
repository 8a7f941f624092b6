import paths from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ArtifactRoot } from '../local/artifactFolder';
import { artifactPlaces } from '../local/localArtifactRoot';
import type { Disk } from './disk';
import type { Shelf } from './shelf';

/**
 * Where the artifacts are of a run or a logged model that lies in `folder`. A store that was copied from elsewhere names
 * places that are not on this machine: then the item's own `artifacts` folder counts, where MLflow keeps them by default.
 */
export function itemArtifactRoot({ root, disk }: Shelf, uri: string, folder: string): ArtifactRoot {
  const storeFolder = paths.dirname(root);
  const own = paths.join(folder, 'artifacts');
  const isMoved = isGone(uri, storeFolder, disk) && disk.facts(own) !== undefined;
  return { uri: isMoved ? pathToFileURL(own).href : uri, storeFolder };
}

function isGone(uri: string, storeFolder: string, disk: Disk): boolean {
  if (/^(?!file:)[a-z][a-z0-9+.-]+:/i.test(uri)) {
    return false;
  }
  return artifactPlaces(uri, storeFolder, paths).folders.every(
    (folder) => disk.facts(folder) === undefined,
  );
}
