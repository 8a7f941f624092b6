import { constants } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { toDiskError } from './diskError';
import { readNote, writeNote } from './partNote';
import { partName, type Platform } from './safePath';
import { lookAt } from './targetFolder';

/** A file that is being downloaded, beside the place that it gets once it is whole. */
export class PartFile {
  readonly path: string;
  private readonly notePath: string;
  private noted: string | undefined;
  private noting: Promise<void> = Promise.resolve();

  private constructor(
    folder: string,
    name: string,
    platform: Platform,
    /** The artifact, by server, owner and path: parts of others are not gone on with. */
    private readonly of: string,
    /** So many bytes of it are there. */
    public from: number,
    /** Of the bytes that are there. */
    public validator: string | undefined,
  ) {
    this.path = join(folder, partName(name, platform));
    this.notePath = `${this.path}.json`;
    this.noted = validator;
  }

  /** What an earlier download left, where it was of the same artifact; else an empty file. */
  static async begin(
    folder: string,
    name: string,
    platform: Platform,
    of: string,
  ): Promise<PartFile> {
    const part = new PartFile(folder, name, platform, of, 0, undefined);
    try {
      await part.findLeft();
      if (part.from === 0) {
        await part.remove();
        const { O_CREAT, O_EXCL, O_WRONLY } = constants;
        await (await open(part.path, O_CREAT | O_EXCL | O_WRONLY | noFollow)).close();
      }
    } catch (error) {
      throw toDiskError(error, part.path) ?? error;
    }
    return part;
  }

  /** Notes which state the bytes are of, once that is known. */
  note(validator: string | undefined): void {
    if (validator === undefined || validator === this.noted) {
      return;
    }
    this.noted = validator;
    // What is not noted is downloaded from the beginning.
    this.noting = this.noting
      .then(() => writeNote(this.notePath, { of: this.of, validator }))
      .catch(() => undefined);
  }

  /** Leaves what can be gone on with later, and nothing else; never rejects. */
  async leave(): Promise<void> {
    await this.noting;
    const size = await this.size().catch(() => 0);
    if (size === 0 || this.noted === undefined) {
      await this.remove().catch(() => undefined);
    }
  }

  /** Bytes that are there. */
  async size(): Promise<number> {
    const there = await lookAt(this.path);
    return there?.isFile() === true ? there.size : 0;
  }

  /** Leaves nothing behind. */
  async remove(): Promise<void> {
    await this.noting;
    await rm(this.path, { force: true });
    await this.removeNote();
  }

  async removeNote(): Promise<void> {
    await this.noting;
    await rm(this.notePath, { force: true });
  }

  private async findLeft(): Promise<void> {
    const there = await lookAt(this.path);
    // A second name of a file may lie outside.
    if (there?.isFile() !== true || there.nlink !== 1 || there.size === 0) {
      return;
    }
    const note = await readNote(this.notePath);
    if (note?.of === this.of) {
      this.from = there.size;
      this.validator = note.validator;
      this.noted = note.validator;
    }
  }
}

/** Not on Windows, where making links takes rights of its own. */
const noFollow = process.platform === 'win32' ? 0 : constants.O_NOFOLLOW;
