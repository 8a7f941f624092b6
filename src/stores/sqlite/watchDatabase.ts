import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Watched } from '../local/changeWatch';

/** Endings of the files that a database consists of: itself, its write-ahead log, its journal. */
const endings = ['', '-wal', '-journal'];

/** Where the changes of a database show; nothing is opened. Log and journal lie beside the file that a link leads to. */
export function watchedDatabase(file: string): Watched & { readonly state: () => string } {
  const files = [...new Set([file, targetOf(file)])];
  const names = new Set(files.flatMap((each) => partsOf(path.basename(each))));
  return {
    folders: [...new Set(files.map((each) => path.dirname(each)))],
    isPart: (name) => names.has(name),
    state: () => files.flatMap(partsOf).map(stateOf).join(' '),
  };
}

function partsOf(file: string): string[] {
  return endings.map((ending) => file + ending);
}

function targetOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

function stateOf(file: string): string {
  try {
    const facts = statSync(file, { bigint: true, throwIfNoEntry: false });
    return facts === undefined ? '' : `${facts.ino}:${facts.size}:${facts.mtimeNs}`;
  } catch {
    return 'unknown';
  }
}
