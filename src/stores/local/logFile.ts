import { randomUUID } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, realpath, rename, rm } from 'node:fs/promises';
import paths from 'node:path';
import { MlflowError } from '../../mlflow/errors';
import { pieceSize } from '../bytes/byteSource';
import { diskFailure } from '../bytes/diskFailure';
import { checkAbort } from './abort';
import { type ArtifactRoot, isWithin, newRoot, unlessMissing } from './artifactFolder';
import { unfinished } from './listArtifacts';
import { isInnerPath } from './localArtifactRoot';
import { invalid } from './refusals';

/**
 * Copies a file to a place below an artifact root, as MLflow's client does, except that the file is there whole or not at all. A link
 * in the way is refused, and one at the place itself is replaced; a file that is the same already stays.
 */
export async function logFile(
  root: ArtifactRoot,
  path: string,
  file: string,
  onProgress: (sent: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const parts = path.split('/');
  if (!isInnerPath(path, paths) || parts.some((part) => part === '' || part === '.')) {
    throw invalid('Invalid path');
  }
  const base = await newRoot(root);
  const from = await openSource(file);
  try {
    const folder = await makeFolders(base, parts.slice(0, -1));
    const target = paths.join(folder, parts.at(-1) ?? '');
    checkAbort(signal);
    await copyInto(folder, target, from, onProgress, signal);
  } catch (error) {
    throw diskFailure(error);
  } finally {
    await from.close();
  }
}

async function openSource(file: string): Promise<FileHandle> {
  try {
    const source = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    if ((await source.stat()).isFile()) {
      return source;
    }
    await source.close();
  } catch (error) {
    throw diskFailure(error);
  }
  throw new MlflowError('rejected', 'disk', { serverMessage: 'EINVAL' });
}

/** One after the other, so that none is made behind a link. */
async function makeFolders(base: string, names: readonly string[]): Promise<string> {
  await mkdir(base, { recursive: true });
  const root = await realpath(base);
  let folder = root;
  for (const name of names) {
    folder = paths.join(folder, name);
    await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    const facts = await lstat(folder);
    if (!facts.isDirectory() || !isWithin(root, await realpath(folder))) {
      throw invalid('Invalid path: a file or a link is in the way');
    }
  }
  return folder;
}

async function copyInto(
  folder: string,
  target: string,
  from: FileHandle,
  onProgress: (sent: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const there = await unlessMissing(lstat(target));
  if (there?.isDirectory() === true) {
    throw invalid('Invalid path: a folder is in the way');
  }
  const facts = await from.stat();
  if (there !== undefined && (await isSame(target, there, from, facts, signal))) {
    onProgress(facts.size);
    return;
  }
  const temporary = paths.join(folder, `${unfinished}${randomUUID()}`);
  try {
    await copy(from, temporary, onProgress, signal);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function copy(
  from: FileHandle,
  path: string,
  onProgress: (sent: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const to = await open(path, 'wx');
  try {
    const buffer = Buffer.allocUnsafe(pieceSize);
    for (let place = 0; ;) {
      checkAbort(signal);
      const { bytesRead } = await from.read(buffer, 0, pieceSize, place);
      if (bytesRead === 0) {
        return;
      }
      await to.writeFile(buffer.subarray(0, bytesRead));
      place += bytesRead;
      onProgress(place);
    }
  } finally {
    await to.close();
  }
}

async function isSame(
  target: string,
  there: Stats,
  from: FileHandle,
  facts: Stats,
  signal: AbortSignal,
): Promise<boolean> {
  if (!there.isFile() || there.size !== facts.size) {
    return false;
  }
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const other = await open(target, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const [one, two] = [Buffer.allocUnsafe(pieceSize), Buffer.allocUnsafe(pieceSize)];
    for (let place = 0; place < facts.size; place += pieceSize) {
      checkAbort(signal);
      const length = Math.min(pieceSize, facts.size - place);
      await Promise.all([from.read(one, 0, length, place), other.read(two, 0, length, place)]);
      if (one.compare(two, 0, length, 0, length) !== 0) {
        return false;
      }
    }
    return true;
  } finally {
    await other.close();
  }
}
