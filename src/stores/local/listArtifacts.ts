import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import paths from 'node:path';
import type { Artifact, ArtifactListing } from '../../mlflow/model';
import { MlflowError } from '../../mlflow/errors';
import { compareText } from '../../mlflow/search/compareText';
import { checkAbort } from './abort';
import { artifactPlaces, isInnerPath } from './localArtifactRoot';
import { invalid, needsServer } from './refusals';

/** What MLflow names a file while it is being written (`LocalArtifactRepository`). */
const unfinished = '.artifact.uploading.';
const statsAtOnce = 32;

/**
 * One folder of local artifacts, by path as MLflow sorts them; empty where `path` is a file or nothing.
 *
 * @param artifactUri the `artifact_uri` of a run or a logged model
 * @param path relative, with `/`, taken as it is written; empty for the root
 * @param storeFolder where the store lies; absolute
 * @throws `rejected` where `path` leads out of the root, by a link, too; `unsupported` (`feature`) where the
 *   artifacts are not on this machine; `unreachable` where the folder may not be read
 */
export async function listArtifacts(
  artifactUri: string,
  path: string,
  storeFolder: string,
  signal: AbortSignal,
): Promise<ArtifactListing> {
  if (!isInnerPath(path, paths)) {
    throw invalid('Invalid path');
  }
  const root = await existingRoot(artifactUri, storeFolder);
  const folder = root && (await innerFolder(root, path));
  checkAbort(signal);
  const files = folder === undefined ? [] : await filesIn(folder, path, signal);
  return { rootUri: artifactUri, files };
}

/** The real path of the root; `undefined` where nothing was logged yet. */
async function existingRoot(uri: string, storeFolder: string): Promise<string | undefined> {
  const { folders, home } = artifactPlaces(uri, storeFolder, paths);
  for (const folder of folders) {
    const real = await unlessMissing(realpath(folder));
    if (real !== undefined) {
      return real;
    }
  }
  if (folders.length > 1 && (home === undefined || !(await unlessMissing(realpath(home))))) {
    throw needsServer('the artifacts of this run lie with an MLflow server, not next to the store');
  }
  return undefined;
}

async function innerFolder(root: string, path: string): Promise<string | undefined> {
  const folder = await unlessMissing(realpath(paths.join(root, path)));
  if (folder === undefined) {
    return undefined;
  }
  const inside = paths.relative(root, folder);
  if (inside === '..' || inside.startsWith(`..${paths.sep}`) || paths.isAbsolute(inside)) {
    throw invalid('Invalid path: resolved path is outside the artifact directory');
  }
  return folder;
}

async function filesIn(folder: string, path: string, signal: AbortSignal): Promise<Artifact[]> {
  const entries = (await unlessMissing(readdir(folder, { withFileTypes: true }))) ?? [];
  const shown = entries.filter(({ name }) => !name.startsWith(unfinished));
  const files: Artifact[] = [];
  for (let start = 0; start < shown.length; start += statsAtOnce) {
    checkAbort(signal);
    const some = shown.slice(start, start + statsAtOnce);
    files.push(...(await Promise.all(some.map((entry) => artifact(folder, path, entry)))));
  }
  return files.sort((a, b) => compareText(a.path, b.path));
}

async function artifact(folder: string, path: string, entry: Dirent): Promise<Artifact> {
  const inner = paths.posix.join(path, entry.name);
  if (entry.isDirectory()) {
    return { path: inner, isDirectory: true, size: undefined };
  }
  // A file may vanish, and a link may lead nowhere: that is no reason to lose the others.
  const facts = await stat(paths.join(folder, entry.name)).catch(() => undefined);
  const isDirectory = facts?.isDirectory() ?? false;
  return { path: inner, isDirectory, size: isDirectory ? undefined : facts?.size };
}

async function unlessMissing<T>(found: Promise<T>): Promise<T | undefined> {
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
