import { readFile, rm, writeFile } from 'node:fs/promises';

import { lookAt } from './targetFolder';

/** What is kept beside something unfinished, so that a later download can go on with it. */
export interface PartNote {
  /** Names the artifact, by server, owner and path: what is of another one is not gone on with. */
  readonly of: string;
  /** Of the bytes that are there; empty for a folder. */
  readonly validator: string;
}

const version = 1;
const longestNote = 20_000;

/** `undefined` where there is none, or something else. */
export async function readNote(path: string): Promise<PartNote | undefined> {
  const there = await lookAt(path);
  if (there?.isFile() !== true || there.size > longestNote) {
    return undefined;
  }
  try {
    const note = JSON.parse(await readFile(path, 'utf8')) as Record<
      keyof PartNote | 'version',
      unknown
    >;
    const { of, validator } = note;
    return note.version === version && typeof of === 'string' && typeof validator === 'string'
      ? { of, validator }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Never writes through a link that stands there. */
export async function writeNote(path: string, note: PartNote): Promise<void> {
  await rm(path, { force: true });
  await writeFile(path, JSON.stringify({ version, ...note }), { flag: 'wx' });
}
