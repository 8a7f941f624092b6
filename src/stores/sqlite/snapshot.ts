import { constants, rmSync } from 'node:fs';
import { copyFile, mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { MlflowError } from '../../mlflow/errors';
import { needsServer } from '../local/refusals';
import { type DatabaseFile, inspectDatabase } from './databaseFile';

/** A private copy of a database with its journal and log, as they were at one moment. */
export interface Snapshot {
  readonly path: string;
  readonly of: DatabaseFile;
  /** By `performance.now()`: it holds all that had been committed then. */
  readonly asOf: number;
  remove(): void;
}

/** Copying takes about a second a gigabyte, and may be needed again after every change. */
const largest = 2 ** 30;
const tries = 8;
const pauseMs = 60;
/** Its last 16 bytes are two salts, which are others each time that the log is begun anew, and a checksum. */
const logHeaderSize = 32;
const prefix = 'mlflow-workbench-copy-';

/**
 * Copies a database that cannot be read in its place without leaving files there or missing rows.
 * Meanwhile its log may have grown, but nothing else may have changed, or it is copied again.
 *
 * @throws `unreachable` (`busy`) where it keeps changing, `unsupported` (`feature`) where it is too large
 */
export async function takeSnapshot(database: string): Promise<Snapshot> {
  const folder = await mkdtemp(path.join(tmpdir(), `${prefix}${process.pid}-`));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const copy = path.join(folder, 'copy.db');
    for (let attempt = 0; attempt < tries; attempt++) {
      const copied = await copyOnce(database, copy);
      if (copied !== undefined) {
        return { path: copy, ...copied, remove };
      }
      await setTimeout(pauseMs);
    }
    throw new MlflowError('unreachable', 'busy', {
      serverMessage: 'the database keeps changing while it is copied',
    });
  } catch (error) {
    remove();
    throw error;
  }
}

/**
 * `undefined` where the database changed meanwhile. The log is copied after the database. What was added to it in the
 * meantime does no harm: SQLite takes the transactions that arrived whole, and passes over the rest by its checksums.
 */
async function copyOnce(
  database: string,
  copy: string,
): Promise<Pick<Snapshot, 'of' | 'asOf'> | undefined> {
  const of = inspectDatabase(database);
  if (of.size > largest) {
    throw needsServer('the database is written through a log and too large to be copied');
  }
  const log = await logHeader(of.path);
  await copyIfThere(of.path, copy);
  const asOf = performance.now();
  for (const suffix of ['-wal', '-journal']) {
    await copyIfThere(`${of.path}${suffix}`, `${copy}${suffix}`);
  }
  const sameLog = (await logHeader(of.path)) === log;
  const now = inspectDatabase(database);
  const isSame = log === '' ? now.content === of.content : now.ownContent === of.ownContent;
  return sameLog && isSame ? { of, asOf } : undefined;
}

/** Which log it is, whatever is added to it; empty where there is none. */
async function logHeader(path: string): Promise<string> {
  try {
    const file = await open(`${path}-wal`);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(logHeaderSize), 0, logHeaderSize);
      return bytesRead === logHeaderSize ? buffer.toString('latin1') : '';
    } finally {
      await file.close();
    }
  } catch (error) {
    throwUnlessGone(error);
    return '';
  }
}

async function copyIfThere(from: string, to: string): Promise<void> {
  await rm(to, { force: true });
  try {
    // Costs nothing where the disk can share the blocks.
    await copyFile(from, to, constants.COPYFILE_FICLONE);
  } catch (error) {
    throwUnlessGone(error);
  }
}

function throwUnlessGone(error: unknown): void {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ENOENT') {
    throw new MlflowError('unreachable', 'network', { serverMessage: code ?? String(error) });
  }
}

/** Removes the copies of processes that were killed; what cannot be removed stays. */
export async function removeAbandonedCopies(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  const abandoned = names.filter((name) => {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : NaN;
    return pid > 0 && !isRunning(pid);
  });
  for (const name of abandoned) {
    // Somebody else's may not be removable, which is for them to do.
    await rm(path.join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
