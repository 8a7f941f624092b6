import type { Artifact } from '../mlflow/model';

/** Which of these paths are there already as files; asks for each folder once, and only for folders that exist. */
export async function takenPaths(
  paths: readonly string[],
  list: (folder: string) => Promise<readonly Artifact[]>,
): Promise<ReadonlySet<string>> {
  const folders = new Map<string, Promise<ReadonlyMap<string, boolean>>>();
  const entries = (folder: string): Promise<ReadonlyMap<string, boolean>> => {
    let known = folders.get(folder);
    if (known === undefined) {
      known = list(folder).then(
        (files) => new Map(files.map(({ path, isDirectory }) => [path, isDirectory])),
      );
      folders.set(folder, known);
    }
    return known;
  };
  const isFolder = async (path: string): Promise<boolean> =>
    path === '' ||
    ((await isFolder(parentOf(path))) && (await entries(parentOf(path))).get(path) === true);
  const taken = new Set<string>();
  for (const path of paths) {
    const parent = parentOf(path);
    if ((await isFolder(parent)) && (await entries(parent)).get(path) === false) {
      taken.add(path);
    }
  }
  return taken;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
