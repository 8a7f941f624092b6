import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { readNote, writeNote } from './partNote';
import { partName, type Platform } from './safePath';
import type { TargetFolder } from './targetFolder';

/** Stands beside a folder whose download is not finished, so that a later one goes on without asking. */
export class FolderMark {
  private readonly path: string;

  constructor(
    target: TargetFolder,
    name: string,
    platform: Platform,
    /** Names the folder of artifacts among those of all servers. */
    private readonly of: string,
  ) {
    this.path = `${join(target.path, partName(name, platform))}.json`;
  }

  /** Whether a download of this very folder was begun there. */
  async isThere(): Promise<boolean> {
    return (await readNote(this.path))?.of === this.of;
  }

  /** Never rejects: without a mark the next download merely asks. */
  async set(): Promise<void> {
    await writeNote(this.path, { of: this.of, validator: '' }).catch(() => undefined);
  }

  async remove(): Promise<void> {
    await rm(this.path, { force: true }).catch(() => undefined);
  }
}
