import { statSync } from 'node:fs';
import path from 'node:path';
import type { Watched } from '../local/changeWatch';

/** Endings of the files that a database consists of: itself, its write-ahead log, its journal. */
const endings = ['', '-wal', '-journal'];

/** Where the changes of a database show; nothing is opened. */
export function watchedDatabase(file: string): Watched {
  const name = path.basename(file);
  return {
    folders: [path.dirname(file)],
    isPart: (changed) => endings.some((ending) => changed === name + ending),
    state: () => endings.map((ending) => stateOf(file + ending)).join(' '),
  };
}

function stateOf(file: string): string {
  try {
    const facts = statSync(file, { bigint: true, throwIfNoEntry: false });
    return facts === undefined ? '' : `${facts.ino}:${facts.size}:${facts.mtimeNs}`;
  } catch {
    return 'unknown';
  }
}
