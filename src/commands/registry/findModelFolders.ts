import type { TrackingStore } from '../../mlflow/trackingStore';

/** So many folders are looked into; what lies deeper or farther on can be registered from its own row. */
const mostFolders = 40;
const never = new AbortController().signal;

/** Folders among a run's artifacts that hold an `MLmodel`, the uppermost first; models in models are not looked for. */
export async function findModelFolders(
  store: TrackingStore,
  runId: string,
): Promise<readonly string[]> {
  const found: string[] = [];
  const folders = [''];
  for (const folder of folders) {
    const { files } = await store.listArtifacts({ kind: 'run', runId }, folder, never);
    const prefix = folder === '' ? '' : `${folder}/`;
    if (files.some(({ path, isDirectory }) => !isDirectory && path === `${prefix}MLmodel`)) {
      found.push(folder);
    } else {
      const below = files.filter(({ isDirectory }) => isDirectory).map(({ path }) => path);
      folders.push(...below.slice(0, mostFolders - folders.length));
    }
  }
  return found;
}
