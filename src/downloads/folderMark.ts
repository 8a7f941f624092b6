import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { FinishedFiles } from './finishedFiles';
import { readNote, writeNote } from './partNote';
import { partName, type Platform } from './safePath';
import type { TargetFolder } from './targetFolder';

/** Stands beside a folder whose download is not finished, so that a later one goes on without asking. */
export class FolderMark {
  /** The files of the folder that are whole by now. */
  readonly finished: FinishedFiles;
  private readonly path: string;

  constructor(
    target: TargetFolder,
    name: string,
    platform: Platform,
    /** Names the folder of artifacts among those of all servers. */
    private readonly of: string,
  ) {
    const part = join(target.path, partName(name, platform));
    this.path = `${part}.json`;
    this.finished = new FinishedFiles(`${part}.done`);
  }

  /** Whether a download of this very folder was begun there. */
  async isThere(): Promise<boolean> {
    return (await readNote(this.path))?.of === this.of;
  }

  /** Never rejects: without a mark the next download merely asks. */
  async set(): Promise<void> {
    if (!(await this.isThere().catch(() => false))) {
      await this.finished.remove();
    }
    await writeNote(this.path, { of: this.of, validator: '' }).catch(() => undefined);
  }

  async remove(): Promise<void> {
    await this.finished.remove();
    await rm(this.path, { force: true }).catch(() => undefined);
  }
}
