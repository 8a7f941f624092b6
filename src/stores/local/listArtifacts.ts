import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import paths from 'node:path';
import type { Artifact, ArtifactListing } from '../../mlflow/model';
import { compareText } from '../../mlflow/search/compareText';
import { checkAbort } from './abort';
import { type ArtifactRoot, realPathOf, unlessMissing } from './artifactFolder';

/** What MLflow names a file while it is being written (`LocalArtifactRepository`). */
const unfinished = '.artifact.uploading.';
const statsAtOnce = 32;

/**
 * One folder of local artifacts, by path as MLflow sorts them; empty where `path` is a file or nothing.
 *
 * @param path relative, with `/`, taken as it is written; empty for the root
 * @throws `rejected` where `path` leads out of the root, by a link, too; `unsupported` (`artifacts`) where the
 *   artifacts are not on this machine; `unreachable` where the folder may not be read
 */
export async function listArtifacts(
  root: ArtifactRoot,
  path: string,
  signal: AbortSignal,
): Promise<ArtifactListing> {
  const folder = await realPathOf(root, path);
  checkAbort(signal);
  const files = folder === undefined ? [] : await filesIn(folder, path, signal);
  return { rootUri: root.uri + (root.inner ? `/${root.inner}` : ''), files };
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
