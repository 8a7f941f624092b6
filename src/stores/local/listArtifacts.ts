import { type Dirent, type Stats, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import paths from 'node:path';
import type { Artifact, ArtifactListing } from '../../mlflow/model';
import { compareText } from '../../mlflow/search/compareText';
import { checkAbort, nextTurn } from './abort';
import { type ArtifactRoot, realPathOf, unlessMissing } from './artifactFolder';

/** What MLflow names a file while it is being written (`LocalArtifactRepository`). */
export const unfinished = '.artifact.uploading.';
/** Milliseconds until others have theirs. */
const turn = 10;

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
  const files: Artifact[] = [];
  let rested = performance.now();
  for (const entry of entries) {
    if (entry.name.startsWith(unfinished)) {
      continue;
    }
    files.push(artifact(folder, path, entry));
    if (performance.now() - rested > turn) {
      await nextTurn(signal);
      rested = performance.now();
    }
  }
  return files.sort((a, b) => compareText(a.path, b.path));
}

function artifact(folder: string, path: string, entry: Dirent): Artifact {
  const inner = path === '' ? entry.name : `${path}/${entry.name}`;
  if (entry.isDirectory()) {
    return { path: inner, isDirectory: true, size: undefined };
  }
  // A file may vanish, and a link may lead nowhere: that is no reason to lose the others.
  const facts = factsOf(paths.join(folder, entry.name));
  const isDirectory = facts?.isDirectory() ?? false;
  return { path: inner, isDirectory, size: isDirectory ? undefined : facts?.size };
}

/** Asking at once beats the thread pool several times over. */
function factsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
