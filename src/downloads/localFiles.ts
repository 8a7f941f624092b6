import { lstat, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** A file of this machine, and where it goes below a folder of artifacts. */
export interface LocalFile {
  /** Absolute. */
  readonly file: string;
  /** With `/`. */
  readonly path: string;
  readonly size: number;
}

export interface LocalFiles {
  readonly files: readonly LocalFile[];
  /** Links and what is neither file nor folder; a link may lead to what nobody meant to hand out. */
  readonly leftOut: readonly string[];
}

/** The files of what somebody chose, folders with all that is below them. */
export async function localFiles(
  chosen: readonly string[],
  signal: AbortSignal,
): Promise<LocalFiles> {
  const files: LocalFile[] = [];
  const leftOut: string[] = [];
  const rest = chosen.map((file) => ({ file, path: basename(file) })).toReversed();
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    signal.throwIfAborted();
    const { file, path } = next;
    const there = await lstat(file);
    if (there.isDirectory()) {
      const names = (await readdir(file)).toSorted().toReversed();
      rest.push(...names.map((name) => ({ file: join(file, name), path: `${path}/${name}` })));
    } else if (there.isFile()) {
      files.push({ file, path, size: there.size });
    } else {
      leftOut.push(path);
    }
  }
  return { files, leftOut };
}
