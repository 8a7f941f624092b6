import { join } from 'node:path';
import type { Watched } from '../local/changeWatch';
import type { ExperimentFolders } from './experimentFolders';
import type { RunFolder, RunFolders } from './runFolders';
import type { Shelf } from './shelf';

export interface WatchedStore {
  readonly shelf: Shelf;
  readonly experiments: ExperimentFolders;
  readonly runs: RunFolders;
}

/** Runs that crashed stay running for ever: only so many are watched, the latest. */
const mostRuns = 50;
/** A watch is dear, and the system gives only so many. */
const mostFolders = 1000;
const partsOfRun = ['metrics', 'params', 'tags', 'inputs', 'outputs'];

/**
 * Where the changes of a store show, as far as these experiments are concerned. A folder reports what happens
 * to its files, so a metric that is appended to shows in the folder that holds it.
 */
export async function watchedFolders(
  { shelf, experiments, runs }: WatchedStore,
  experimentIds: readonly string[],
  signal: AbortSignal,
): Promise<Watched> {
  const { disk, root } = shelf;
  const own: string[] = [];
  const live: RunFolder[] = [];
  for (const id of experimentIds) {
    const folder = experiments.folderOf(id);
    if (folder !== undefined) {
      own.push(folder, join(folder, 'tags'));
      live.push(...(await runs.list(id, 'active', signal)).filter(isLive));
    }
  }
  const nested = (folder: string): string[] => [
    folder,
    ...foldersIn(folder, disk).flatMap((inner) => nested(inner)),
  ];
  const ofRuns = latest(live).flatMap(({ path }) => [
    path,
    ...partsOfRun.flatMap((part) => nested(join(path, part))),
  ]);
  const models = join(root, 'models');
  const ofRegistry = [models, ...foldersIn(models, disk)];
  const folders = [root, join(root, '.trash'), ...own, ...ofRuns, ...ofRegistry]
    .filter((folder) => disk.facts(folder)?.isDirectory() === true)
    .slice(0, mostFolders);
  return { folders, state: () => folders.map((folder) => stateOf(folder, shelf)).join('\n') };
}

function isLive({ info }: RunFolder): boolean {
  return info.status === 'RUNNING' || info.status === 'SCHEDULED';
}

function latest(runs: readonly RunFolder[]): readonly RunFolder[] {
  return [...runs]
    .sort((a, b) => (b.info.startTime ?? 0) - (a.info.startTime ?? 0))
    .slice(0, mostRuns);
}

function foldersIn(folder: string, disk: Shelf['disk']): string[] {
  return (disk.names(folder) ?? [])
    .map((name) => join(folder, name))
    .filter((path) => disk.isOwnFolder(path));
}

/** Times of a folder and of the files right in it, as far as they are watched for being written to. */
function stateOf(folder: string, { disk, root }: Shelf): string {
  const own = disk.facts(folder)?.mtimeMs ?? 0;
  // Only runs are written to file by file; the folders of the store itself may hold thousands of others.
  const files = isInRun(folder, root) ? (disk.names(folder) ?? []) : [];
  return [own, ...files.map((name) => disk.facts(join(folder, name))?.mtimeMs ?? 0)].join();
}

function isInRun(folder: string, root: string): boolean {
  return folder.slice(root.length + 1).split(/[\\/]/).length >= 2 && !folder.includes('.trash');
}
