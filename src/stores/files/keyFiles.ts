import type { Stats } from 'node:fs';
import { sep } from 'node:path';
import type { Disk } from './disk';

/** A file whose name, with those of its folders, is a key. */
export interface KeyFile {
  readonly key: string;
  readonly path: string;
  readonly facts: Stats;
}

/** What MLflow lets into a key (`validate_param_and_metric_name`); other files are an editor's or a system's. */
const validKey = /^[\p{L}\p{N}_/.\- :]+$/u;
/** A key has at most 250 characters. */
const maxDepth = 125;

/**
 * The files below `params/`, `metrics/` or `tags/`, sorted by name: a key with `/` is a file in nested folders. A link to a
 * file counts, one to a folder is not followed, as in MLflow's own walk.
 */
export function keyFiles(disk: Disk, folder: string): KeyFile[] {
  const files: KeyFile[] = [];
  collect(disk, folder, '', 0, files);
  return files;
}

/**
 * The file of one key; `undefined` where there is none. Names are compared as they are in the folder, since the file system may take
 * capitals for small letters.
 */
export function keyFile(disk: Disk, folder: string, key: string): KeyFile | undefined {
  const names = key.split('/');
  const last = names.pop() ?? '';
  let parent = folder;
  for (const name of names) {
    const inside = parent + sep + name;
    if (disk.names(parent)?.includes(name) !== true || !disk.isOwnFolder(inside)) return undefined;
    parent = inside;
  }
  const path = parent + sep + last;
  const isThere = validKey.test(key) && disk.names(parent)?.includes(last) === true;
  const facts = isThere ? disk.facts(path) : undefined;
  return facts?.isFile() === true ? { key, path, facts } : undefined;
}

/** The files of these keys, or of all. */
export function filesOfKeys(
  disk: Disk,
  folder: string,
  keys: readonly string[] | undefined,
): KeyFile[] {
  return keys === undefined
    ? keyFiles(disk, folder)
    : keys.flatMap((key) => keyFile(disk, folder, key) ?? []);
}

function collect(disk: Disk, folder: string, prefix: string, depth: number, into: KeyFile[]): void {
  for (const name of disk.names(folder) ?? []) {
    const key = prefix + name;
    const path = folder + sep + name;
    const facts = validKey.test(key) ? disk.facts(path) : undefined;
    if (facts?.isFile() === true) {
      into.push({ key, path, facts });
    } else if (facts?.isDirectory() === true && depth < maxDepth && disk.isOwnFolder(path)) {
      collect(disk, path, `${key}/`, depth + 1, into);
    }
  }
}
