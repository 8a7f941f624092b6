import type { Stats } from 'node:fs';
import { join } from 'node:path';

import type { ArtifactPlace } from '../mlflow/model';
import type { SavedArtifact, SaveProgress, TrackingStore } from '../mlflow/trackingStore';
import { DiskError, toDiskError } from './diskError';
import type { FinishedFiles } from './finishedFiles';
import { PartFile } from './partFile';
import type { Platform } from './safePath';
import { giveName, lookAt, type TargetFolder } from './targetFolder';

/** What becomes of a file that is there already. */
export type WhereTaken =
  /** Nothing was there when it was looked at. */
  | 'fail'
  | 'replace'
  /** One of the listed size and, where that is known, of the same state stays; any other is replaced. */
  | 'complete';

export interface FileDownload {
  readonly place: ArtifactPlace;
  readonly parts: readonly string[];
  readonly size: number | undefined;
  /** Names the artifact among those of all servers. */
  readonly id: string;
  readonly whereTaken: WhereTaken;
  /** Of a folder that can be gone on with later. */
  readonly finished?: FinishedFiles | undefined;
}

export interface FileSurroundings {
  readonly target: TargetFolder;
  readonly platform: Platform;
  readonly ask: <T>(work: (store: TrackingStore) => Promise<T>) => Promise<T>;
  readonly onProgress: (progress: SaveProgress) => void;
  readonly signal: AbortSignal;
}

/** What became of a file; `kept` was there already. */
export type FileOutcome = 'kept' | SavedArtifact;

/** Downloads a file: first into one beside it, which gets its name once it is whole. Rejects with a {@link DiskError}, too. */
export async function downloadFile(
  file: FileDownload,
  surroundings: FileSurroundings,
): Promise<FileOutcome> {
  const { target, platform, signal } = surroundings;
  signal.throwIfAborted();
  const name = file.parts.at(-1) ?? '';
  const folder = await target.folder(file.parts.slice(0, -1));
  const path = join(folder, name);
  const there = await lookAt(path);
  if (there?.isDirectory() === true) {
    throw new DiskError('folder', path);
  }
  if (there !== undefined && file.whereTaken === 'fail') {
    throw new DiskError('exists', path);
  }
  if (
    file.whereTaken === 'complete' &&
    there?.isFile() === true &&
    there.size === file.size &&
    (await isSameState(file, there, surroundings))
  ) {
    return 'kept';
  }
  const part = await PartFile.begin(folder, name, platform, file.id);
  try {
    const saved = await fill(part, file, surroundings);
    if ((await part.size()) !== saved.size) {
      throw new DiskError('changed', part.path);
    }
    await giveName(part.path, path, file.whereTaken !== 'fail');
    await part.removeNote();
    await noteFinished(file, path, saved);
    return saved;
  } catch (error) {
    await part.leave();
    throw toDiskError(error, path) ?? error;
  }
}

/** Of a file of which nothing is known, the size has to do. */
async function isSameState(
  { place, parts, finished }: FileDownload,
  { size, mtimeMs }: Stats,
  { ask, signal }: FileSurroundings,
): Promise<boolean> {
  const known = await finished?.of(parts);
  if (known === undefined) {
    return true;
  }
  if (known.size !== size || known.written !== mtimeMs) {
    return false;
  }
  return ask(async (store) => {
    const stream = await store.openArtifact(place, { from: 0, length: 1 }, signal);
    stream.close();
    return stream.validator === known.validator;
  });
}

async function noteFinished(
  { parts, finished }: FileDownload,
  path: string,
  { validator }: SavedArtifact,
): Promise<void> {
  if (finished === undefined || validator === undefined) {
    return;
  }
  const there = await lookAt(path).catch(() => undefined);
  await (there && finished.note(parts, there, validator));
}

/** The store itself goes on after a connection that broke off. */
function fill(
  part: PartFile,
  { place }: FileDownload,
  { ask, onProgress, signal }: FileSurroundings,
): Promise<SavedArtifact> {
  const { path, from, validator } = part;
  return ask((store) =>
    store.saveArtifact(
      place,
      { file: path, from, validator },
      (progress) => {
        part.note(progress.validator);
        onProgress(progress);
      },
      signal,
    ),
  );
}
