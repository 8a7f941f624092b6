import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { link, lstat, mkdir, open, realpath, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { codeOf, DiskError, toDiskError } from './diskError';

/** A folder of this machine that somebody chose; nothing is written outside of it, links in it included. */
export class TargetFolder {
  private constructor(
    /** Absolute, without links. */
    readonly path: string,
    /** The file system takes names that differ in case or normal form for one. */
    readonly foldsNames: boolean,
  ) {}

  static async open(chosen: string): Promise<TargetFolder> {
    try {
      const path = await realpath(chosen);
      if (!(await lstat(path)).isDirectory()) {
        throw new DiskError('gone', chosen);
      }
      return new TargetFolder(path, await foldsNames(path));
    } catch (error) {
      throw codeOf(error) === 'ENOENT'
        ? new DiskError('gone', chosen, error)
        : (toDiskError(error, chosen) ?? error);
    }
  }

  /** Makes the folder that these parts lead to, and returns where it is; no part of the way may be a link. */
  async folder(parts: readonly string[]): Promise<string> {
    let path = this.path;
    try {
      for (const part of parts) {
        path = join(path, part);
        await makeFolder(path);
      }
      if ((await realpath(path)) !== path) {
        throw new DiskError('link', path);
      }
    } catch (error) {
      throw (await this.isGone())
        ? new DiskError('gone', this.path, error)
        : asDiskError(error, path);
    }
    return path;
  }

  /** What is there; `undefined` for nothing. */
  async look(...parts: readonly string[]): Promise<Stats | undefined> {
    return lookAt(join(this.path, ...parts));
  }

  async isGone(): Promise<boolean> {
    return (await lookAt(this.path).catch(() => undefined)) === undefined;
  }
}

async function makeFolder(path: string): Promise<void> {
  const there = await lookAt(path);
  if (there?.isDirectory()) {
    return;
  }
  if (there !== undefined) {
    throw new DiskError('link', path);
  }
  try {
    await mkdir(path);
  } catch (error) {
    // Another of the files that are downloaded at once made it.
    if (codeOf(error) !== 'EEXIST' || (await lookAt(path))?.isDirectory() !== true) {
      throw error;
    }
  }
}

export async function lookAt(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return undefined;
    }
    throw asDiskError(error, path);
  }
}

/** Gives a whole file its name. Without `replaces` it fails where there is something of that name already. */
export async function giveName(from: string, to: string, replaces: boolean): Promise<void> {
  try {
    if (replaces) {
      await rename(from, to);
      return;
    }
    await linkOrRename(from, to);
  } catch (error) {
    throw asDiskError(error, to);
  }
}

/** Unlike a rename, a link never takes the place of another file; not every file system has links. */
async function linkOrRename(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') {
      throw error;
    }
    if ((await lookAt(to)) !== undefined) {
      throw new DiskError('exists', to);
    }
    await rename(from, to);
    return;
  }
  await rm(from, { force: true });
}

function asDiskError(error: unknown, path: string): unknown {
  return toDiskError(error, path) ?? error;
}

/** Finds out by a file of another name, which is gone at once. */
async function foldsNames(folder: string): Promise<boolean> {
  const name = `.mlflow-\u00e9-${randomUUID()}`;
  const path = join(folder, name);
  try {
    await (await open(path, 'wx')).close();
  } catch (error) {
    throw asDiskError(error, folder);
  }
  try {
    const guises = [name.toUpperCase(), name.normalize('NFD')];
    const found = await Promise.all(guises.map((guise) => lookAt(join(folder, guise))));
    return found.some((there) => there !== undefined);
  } finally {
    await rm(path, { force: true });
  }
}
