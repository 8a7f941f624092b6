import { constants, rmSync } from 'node:fs';
import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
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
  remove(): void;
}

/** Copying takes about a second a gigabyte, and may be needed again after every change. */
const largest = 2 ** 30;
const tries = 8;
const pauseMs = 60;
const prefix = 'mlflow-workbench-copy-';

/**
 * Copies a database that cannot be read in its place without leaving files there or missing rows.
 * Nothing may have changed meanwhile, or it is copied again.
 *
 * @throws `unreachable` (`busy`) where it keeps changing, `unsupported` (`feature`) where it is too large
 */
export async function takeSnapshot(database: string): Promise<Snapshot> {
  await removeAbandoned();
  const folder = await mkdtemp(path.join(tmpdir(), `${prefix}${process.pid}-`));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const copy = path.join(folder, 'copy.db');
    for (let attempt = 0; attempt < tries; attempt++) {
      const of = await copyOnce(database, copy);
      if (of !== undefined) {
        return { path: copy, of, remove };
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

/** `undefined` where the database changed meanwhile. */
async function copyOnce(database: string, copy: string): Promise<DatabaseFile | undefined> {
  const before = inspectDatabase(database);
  if (before.size > largest) {
    throw needsServer('the database is written through a log and too large to be copied');
  }
  await copyIfThere(before.path, copy);
  for (const suffix of ['-wal', '-journal']) {
    await copyIfThere(`${before.path}${suffix}`, `${copy}${suffix}`);
  }
  return inspectDatabase(database).content === before.content ? before : undefined;
}

async function copyIfThere(from: string, to: string): Promise<void> {
  await rm(to, { force: true });
  try {
    // Costs nothing where the disk can share the blocks.
    await copyFile(from, to, constants.COPYFILE_FICLONE);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') {
      throw new MlflowError('unreachable', 'network', { serverMessage: code ?? String(error) });
    }
  }
}

/** Copies of processes that were killed. */
async function removeAbandoned(): Promise<void> {
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
