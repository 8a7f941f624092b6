import { join } from 'node:path';
import type { Watched } from '../local/changeWatch';
import type { Disk } from './disk';
import type { ExperimentFolders } from './experimentFolders';
import { Pace } from './pace';
import type { RunFolder, RunFolders } from './runFolders';
import type { Shelf } from './shelf';

export interface WatchedStore {
  readonly shelf: Shelf;
  readonly experiments: ExperimentFolders;
  readonly runs: RunFolders;
}

interface WatchedFolder {
  readonly path: string;
  /** Whether its files are written to one by one; the folders of the store itself may hold thousands of others. */
  readonly hasFiles: boolean;
}

/** Runs that crashed stay running for ever: only so many are watched, the latest. */
const mostRuns = 50;
/** A watch is dear, and the system gives only so many. */
const mostFolders = 1000;
const partsOfRun = ['metrics', 'params', 'tags', 'inputs', 'outputs'];
/** So many files are looked at between two looks at the clock. */
const filesAtOnce = 100;

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
  const own: WatchedFolder[] = [];
  const live: RunFolder[] = [];
  for (const id of experimentIds) {
    const path = experiments.folderOf(id);
    if (path !== undefined) {
      own.push({ path, hasFiles: false }, { path: join(path, 'tags'), hasFiles: true });
      live.push(...(await runs.list(id, 'active', signal)).filter(isLive));
    }
  }
  const models = join(root, 'models');
  const candidates = function* (): Generator<WatchedFolder> {
    yield { path: root, hasFiles: false };
    yield { path: join(root, '.trash'), hasFiles: false };
    yield* own;
    for (const { path } of latest(live)) {
      yield { path, hasFiles: true };
      for (const part of partsOfRun) {
        yield* nested(join(path, part), disk);
      }
    }
    yield { path: models, hasFiles: false };
    for (const name of disk.folders(models)) {
      yield { path: join(models, name), hasFiles: true };
    }
  };
  const pace = new Pace(signal);
  const folders: WatchedFolder[] = [];
  for (const folder of candidates()) {
    if (folders.length === mostFolders) {
      break;
    }
    await pace.step();
    if (disk.facts(folder.path)?.isDirectory() === true) {
      folders.push(folder);
    }
  }
  return {
    folders: folders.map(({ path }) => path),
    state: (forLook) => stateOf(folders, disk, forLook),
  };
}

function isLive({ info }: RunFolder): boolean {
  return info.status === 'RUNNING' || info.status === 'SCHEDULED';
}

function latest(runs: readonly RunFolder[]): readonly RunFolder[] {
  return [...runs]
    .sort((a, b) => (b.info.startTime ?? 0) - (a.info.startTime ?? 0))
    .slice(0, mostRuns);
}

function* nested(path: string, disk: Disk): Generator<WatchedFolder> {
  yield { path, hasFiles: true };
  for (const name of disk.folders(path)) {
    yield* nested(join(path, name), disk);
  }
}

/** Times of the folders and of the files right in them, as far as they are watched for being written to. */
async function stateOf(
  folders: readonly WatchedFolder[],
  disk: Disk,
  signal: AbortSignal,
): Promise<string> {
  const pace = new Pace(signal);
  const states: string[] = [];
  for (const { path, hasFiles } of folders) {
    await pace.step();
    const facts = [fileState(path, disk)];
    const names = hasFiles ? (disk.names(path) ?? []) : [];
    for (const [index, name] of names.entries()) {
      if (index % filesAtOnce === 0) {
        await pace.step();
      }
      facts.push(fileState(join(path, name), disk));
    }
    states.push(facts.join());
  }
  return states.join('\n');
}

function fileState(path: string, disk: Disk): string {
  const facts = disk.facts(path);
  return facts === undefined ? '' : `${facts.mtimeMs}:${facts.size}`;
}
