import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { MlflowError } from '../../mlflow/errors';
import type { ArtifactRange } from '../../mlflow/trackingStore';
import { type ByteSource, pieceSize } from '../bytes/byteSource';
import { checkAbort } from './abort';
import { type ArtifactRoot, realPathOf, unlessMissing } from './artifactFolder';
import { missing } from './refusals';

/**
 * Opens a file below an artifact root. Rejects with `notFound` for what is no plain file: a pipe would never end, and looking at a
 * device may do anything.
 */
export async function openArtifactFile(
  root: ArtifactRoot,
  path: string,
  range: ArtifactRange,
  signal: AbortSignal,
): Promise<ByteSource> {
  const real = await realPathOf(root, path);
  checkAbort(signal);
  const file = real && (await openPlain(real));
  if (!file) {
    throw missing(`No such artifact: '${path}'`);
  }
  try {
    const facts = await file.stat({ bigint: true });
    checkAbort(signal);
    return new FileSource(file, facts, range);
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** `undefined` for what is no plain file. Should another thing take its place meanwhile, opening neither waits for it nor follows it. */
async function openPlain(path: string): Promise<FileHandle | undefined> {
  const before = await unlessMissing(lstat(path, { bigint: true }));
  if (before?.isFile() !== true) {
    return undefined;
  }
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const file = await unlessMissing(open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK));
  const now = await file?.stat({ bigint: true });
  if (now?.isFile() === true && now.ino === before.ino && now.dev === before.dev) {
    return file;
  }
  await file?.close();
  return undefined;
}

/** A file of this machine, as long as it was when it was opened: what is added meanwhile is not of it. */
class FileSource implements ByteSource {
  readonly size: number;
  readonly from: number;
  readonly validator: string;
  private place: number;
  private readonly end: number;
  private closed = false;
  private reading: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly file: FileHandle,
    facts: BigIntStats,
    { from, length }: ArtifactRange,
  ) {
    this.size = Number(facts.size);
    this.validator = stateOf(facts);
    this.from = from < 0 ? Math.max(0, this.size + from) : Math.min(from, this.size);
    this.place = this.from;
    this.end = length === undefined ? this.size : Math.min(this.size, this.from + length);
  }

  async next(signal: AbortSignal): Promise<readonly Uint8Array[] | undefined> {
    if (signal.aborted) {
      this.close();
    }
    checkAbort(signal);
    const wanted = Math.min(pieceSize, this.end - this.place);
    if (wanted <= 0 || this.closed) {
      return this.ended();
    }
    const buffer = new Uint8Array(wanted);
    const reading = this.file.read(buffer, 0, wanted, this.place);
    this.reading = reading.catch(() => undefined);
    const { bytesRead } = await reading;
    checkAbort(signal);
    if (bytesRead === 0) {
      throw changed();
    }
    this.place += bytesRead;
    return [buffer.subarray(0, bytesRead)];
  }

  close(): void {
    if (!this.closed) {
      this.closed = true;
      void this.reading.then(() => this.file.close()).catch(() => undefined);
    }
  }

  /** A file that was written anew meanwhile is a mixture; one that merely grew is not known to be. */
  private async ended(): Promise<undefined> {
    if (this.closed) {
      return undefined;
    }
    const facts = await this.file.stat({ bigint: true });
    if (stateOf(facts) !== this.validator && Number(facts.size) <= this.size) {
      throw changed();
    }
    this.close();
    return undefined;
  }
}

function changed(): MlflowError {
  return new MlflowError('unreachable', 'cut', {
    serverMessage: 'the file was changed while it was read',
  });
}

function stateOf({ ino, size, mtimeNs }: BigIntStats): string {
  return `${ino.toString(36)}-${size}-${mtimeNs.toString(36)}`;
}
