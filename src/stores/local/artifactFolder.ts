import { realpath } from 'node:fs/promises';
import paths from 'node:path';
import { MlflowError } from '../../mlflow/errors';
import { artifactPlaces, isInnerPath } from './localArtifactRoot';
import { elsewhere, invalid } from './refusals';

/** Where the artifacts of a run, a model or a version are, as far as the store knows. */
export interface ArtifactRoot {
  /** The `artifact_uri`. */
  readonly uri: string;
  /** Where the store lies; absolute. */
  readonly storeFolder: string;
  /** Below the address, where the files are a part of another's; relative, with `/`. */
  readonly inner?: string | undefined;
}

/**
 * The real path of something below the root; `undefined` where there is nothing. Throws `rejected` where it leads out of the root, by
 * a link, too; `unsupported` (`artifacts`) where the artifacts are not on this machine.
 *
 * @param path relative, with `/`, taken as it is written; empty for the root
 */
export async function realPathOf(root: ArtifactRoot, path: string): Promise<string | undefined> {
  const inner = paths.posix.join(root.inner ?? '', path);
  if (!isInnerPath(path, paths) || !isInnerPath(inner, paths)) {
    throw invalid('Invalid path');
  }
  const folder = await existingRoot(root);
  const found = folder && (await unlessMissing(realpath(paths.join(folder, inner))));
  if (folder !== undefined && found !== undefined && !isWithin(folder, found)) {
    throw invalid('Invalid path: resolved path is outside the artifact directory');
  }
  return found;
}

/** The folder of a root, which may have to be made; absolute. Throws `unsupported` (`artifacts`) where it is not on this machine. */
export async function newRoot(root: ArtifactRoot): Promise<string> {
  const { folders, home } = artifactPlaces(root.uri, root.storeFolder, paths);
  const folder = (await existingRoot(root)) ?? folders[0];
  if (folder === undefined || (home !== undefined && !(await unlessMissing(realpath(home))))) {
    throw elsewhere(root.uri, 'they lie with an MLflow server, not next to the store');
  }
  return folder;
}

/** The real path of the root; `undefined` where nothing was logged yet. */
async function existingRoot({ uri, storeFolder }: ArtifactRoot): Promise<string | undefined> {
  const { folders, home } = artifactPlaces(uri, storeFolder, paths);
  for (const folder of folders) {
    const real = await unlessMissing(realpath(folder));
    if (real !== undefined) {
      return real;
    }
  }
  if (folders.length > 1 && (home === undefined || !(await unlessMissing(realpath(home))))) {
    throw elsewhere(uri, 'they lie with an MLflow server, not next to the store');
  }
  return undefined;
}

/** Whether a real path is below another, or the same. */
export function isWithin(folder: string, path: string): boolean {
  const inside = paths.relative(folder, path);
  return inside !== '..' && !inside.startsWith(`..${paths.sep}`) && !paths.isAbsolute(inside);
}

/** `undefined` for what is not there; `unreachable` for what may not be read. */
export async function unlessMissing<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      return undefined;
    }
    throw new MlflowError('unreachable', 'network', { serverMessage: code ?? String(error) });
  }
}
