import { readdir, readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { largestFile, largestFolder, type FileKind, type FolderEntry } from '../protocol/language';
import type { FileSource } from './fileSource';

/** Files on this machine's disk, for clients that answer no questions about them. */
export class DiskFiles implements FileSource {
  async kindOf(uri: string): Promise<FileKind> {
    try {
      const found = await stat(new URL(uri));
      return found.isDirectory() ? 'folder' : found.isFile() ? 'file' : 'unknown';
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      return ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(code) ? 'missing' : 'unknown';
    }
  }

  async read(uri: string): Promise<string | undefined> {
    return orElse(undefined, async () => {
      const path = fileURLToPath(uri);
      // Asked first, since a pipe would never end.
      const found = await stat(path);
      return found.isFile() && found.size <= largestFile ? await readFile(path, 'utf8') : undefined;
    });
  }

  async list(uri: string): Promise<readonly FolderEntry[]> {
    return orElse([], async () => {
      const entries = await readdir(new URL(uri), { withFileTypes: true });
      return entries.slice(0, largestFolder).map((entry) => ({
        name: entry.name,
        kind: entry.isDirectory() ? 'folder' : 'file',
      }));
    });
  }
}

async function orElse<T>(otherwise: T, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch {
    return otherwise;
  }
}
