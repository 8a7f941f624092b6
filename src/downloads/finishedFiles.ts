import type { Stats } from 'node:fs';
import { constants } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';

import { lookAt } from './targetFolder';

/** What a file was when it was whole. */
export interface FinishedFile {
  /** Bytes. */
  readonly size: number;
  /** When this machine last wrote it, in milliseconds. */
  readonly written: number;
  /** Names the state of the artifact: another state has another. */
  readonly validator: string;
}

/** 100,000 files of a deep tree; what is longer was not written here. */
const longest = 64 * 1024 * 1024;

/**
 * The files of an unfinished folder that are whole, and which states of the artifacts they are: beside the folder, a line for each. A
 * file that was changed at the same size is told by it.
 */
export class FinishedFiles {
  private known: Promise<Map<string, FinishedFile>> | undefined;
  private noting: Promise<void> = Promise.resolve();

  constructor(private readonly path: string) {}

  /** By where it is below the chosen folder; `undefined` for a file of which nothing is known. */
  async of(parts: readonly string[]): Promise<FinishedFile | undefined> {
    this.known ??= this.read();
    return (await this.known).get(parts.join('/'));
  }

  /** Never rejects: of what is not noted only the size is compared later. */
  async note(parts: readonly string[], { size, mtimeMs }: Stats, validator: string): Promise<void> {
    const line = `${JSON.stringify([parts.join('/'), size, mtimeMs, validator])}\n`;
    (await this.known)?.set(parts.join('/'), { size, written: mtimeMs, validator });
    this.noting = this.noting.then(() => this.append(line)).catch(() => undefined);
    await this.noting;
  }

  async remove(): Promise<void> {
    this.known = undefined;
    await this.noting;
    await rm(this.path, { force: true }).catch(() => undefined);
  }

  private async append(line: string): Promise<void> {
    if (!(await this.isOurs())) {
      await rm(this.path, { force: true });
    }
    const { O_APPEND, O_CREAT, O_WRONLY } = constants;
    const file = await open(this.path, O_APPEND | O_CREAT | O_WRONLY | noFollow);
    await file.writeFile(line).finally(() => file.close());
  }

  /** A link, or a second name of a file, may lead outside. */
  private async isOurs(): Promise<boolean> {
    const there = await lookAt(this.path);
    return there?.isFile() === true && there.nlink === 1 && there.size <= longest;
  }

  private async read(): Promise<Map<string, FinishedFile>> {
    const text = (await this.isOurs().catch(() => false))
      ? await readFile(this.path, 'utf8').catch(() => '')
      : '';
    return new Map(text.split('\n').flatMap(readLine));
  }
}

/** Not on Windows, where making links takes rights of its own. */
const noFollow = process.platform === 'win32' ? 0 : constants.O_NOFOLLOW;

/** Nothing of a line that was cut off. */
function readLine(line: string): readonly (readonly [string, FinishedFile])[] {
  let fields: unknown;
  try {
    fields = JSON.parse(line);
  } catch {
    return [];
  }
  const [path, size, written, validator] = Array.isArray(fields) ? (fields as unknown[]) : [];
  return typeof path === 'string' &&
    typeof size === 'number' &&
    typeof written === 'number' &&
    typeof validator === 'string'
    ? [[path, { size, written, validator }]]
    : [];
}
