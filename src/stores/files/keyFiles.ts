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
