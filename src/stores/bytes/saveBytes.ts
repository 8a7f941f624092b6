import { createHash } from 'node:crypto';
import { constants, type FileHandle, open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { MlflowError, isAbortError, type MlflowErrorReason } from '../../mlflow/errors';
import type { ArtifactTarget, SaveProgress, SavedArtifact } from '../../mlflow/trackingStore';
import { abortError } from '../../base/abortError';
import { pieceSize, type ByteSource } from './byteSource';
import { diskFailure } from './diskFailure';

/** Opens the file at a place; `validator` is the state that the bytes before it are of. */
export type OpenSource = (
  from: number,
  validator: string | undefined,
  signal: AbortSignal,
) => Promise<ByteSource>;

/** So often in a row it is gone on with, while no byte comes that was not there before. */
const tries = 3;
const pauseMs = 300;

/** Failures that another try may not meet. */
const passing: readonly MlflowErrorReason[] = [
  'cut',
  'timeout',
  'network',
  'refused',
  'serverError',
  'busy',
];

/**
 * Writes what a source has into a file, see `saveArtifact` of the port. After a cut it goes on where it was, as long as the file is
 * in the same state; else it begins anew.
 */
export async function saveBytes(
  openSource: OpenSource,
  target: ArtifactTarget,
  onProgress: (progress: SaveProgress) => void,
  signal: AbortSignal,
): Promise<SavedArtifact> {
  const file = await openTarget(target);
  try {
    return await new Saving(openSource, file, target, onProgress, signal).run();
  } finally {
    await file.close();
  }
}

/** A link is not followed: what it leads to is not what was meant. */
async function openTarget({ file, from }: ArtifactTarget): Promise<FileHandle> {
  const { O_CREAT, O_RDWR, O_TRUNC, O_NOFOLLOW = 0 } = constants;
  try {
    return await open(file, O_CREAT | O_RDWR | O_NOFOLLOW | (from > 0 ? 0 : O_TRUNC), 0o666);
  } catch (error) {
    throw diskFailure(error);
  }
}

class Saving {
  /** Bytes in the file. */
  private written = 0;
  private received = 0;
  private validator: string | undefined;
  private size: number | undefined;
  /** The most bytes that ever were there. */
  private furthest = 0;
  private failures = 0;

  constructor(
    private readonly openSource: OpenSource,
    private readonly file: FileHandle,
    private readonly target: ArtifactTarget,
    private readonly onProgress: (progress: SaveProgress) => void,
    private readonly signal: AbortSignal,
  ) {}

  async run(): Promise<SavedArtifact> {
    const { from, validator } = this.target;
    if (from > 0 && validator !== undefined && (await this.file.stat()).size >= from) {
      this.written = from;
      this.validator = validator;
    }
    this.furthest = this.written;
    for (;;) {
      try {
        return await this.pass();
      } catch (error) {
        if (!this.mayGoOn(error)) {
          throw error;
        }
      }
      await this.pause();
    }
  }

  /** One time from where it is to the end. */
  private async pass(): Promise<SavedArtifact> {
    const source = await this.sourceToGoOn();
    try {
      for (;;) {
        const chunks = await source.next(this.signal);
        if (chunks === undefined) {
          break;
        }
        await this.write(chunks);
      }
      return await this.completed(source);
    } finally {
      source.close();
    }
  }

  private async sourceToGoOn(): Promise<ByteSource> {
    if (this.validator === undefined) {
      // Nobody could tell whether the rest is of the same state.
      this.written = 0;
    }
    const source = await this.openSource(this.written, this.validator, this.signal);
    const { size = this.size } = source;
    const isSame =
      source.validator === this.validator &&
      source.from === this.written &&
      (this.size === undefined || size === this.size);
    if (this.written === 0 || isSame) {
      return this.begun(source);
    }
    this.written = 0;
    if (source.from === 0) {
      return this.begun(source);
    }
    source.close();
    return this.begun(await this.openSource(0, undefined, this.signal));
  }

  private async begun(source: ByteSource): Promise<ByteSource> {
    try {
      await this.file.truncate(this.written);
    } catch (error) {
      source.close();
      throw diskFailure(error);
    }
    this.validator = source.validator;
    this.size = source.size;
    this.tell();
    return source;
  }

  private async write(chunks: readonly Uint8Array[]): Promise<void> {
    const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    try {
      await writeAll(this.file, chunks, this.written);
    } catch (error) {
      throw diskFailure(error);
    }
    this.written += length;
    this.received += length;
    this.tell();
  }

  private async completed({ size, validator, md5 }: ByteSource): Promise<SavedArtifact> {
    if (size !== undefined && size !== this.written) {
      const serverMessage = `${this.written} of ${size} bytes came`;
      throw new MlflowError('unreachable', 'cut', { serverMessage });
    }
    if (md5 !== undefined && (await md5Of(this.file, this.signal)) !== md5) {
      this.written = 0;
      throw new MlflowError('unreachable', 'cut', { serverMessage: 'the checksum is another' });
    }
    return { size: this.written, received: this.received, validator, verified: md5 };
  }

  private tell(): void {
    const { written, size, validator } = this;
    this.onProgress({ written, size, validator });
  }

  private mayGoOn(error: unknown): boolean {
    if (this.signal.aborted || isAbortError(error)) {
      return false;
    }
    this.failures = this.written > this.furthest ? 1 : this.failures + 1;
    this.furthest = Math.max(this.furthest, this.written);
    return error instanceof MlflowError && passing.includes(error.reason) && this.failures <= tries;
  }

  private async pause(): Promise<void> {
    const time = pauseMs * 2 ** (this.failures - 1) * (0.5 + Math.random() / 2);
    await delay(time, undefined, { signal: this.signal }).catch(() => {
      throw abortError();
    });
  }
}

async function writeAll(
  file: FileHandle,
  chunks: readonly Uint8Array[],
  from: number,
): Promise<void> {
  let place = from;
  let rest = [...chunks];
  while (rest.length > 0) {
    let { bytesWritten } = await file.writev(rest, place);
    place += bytesWritten;
    while (rest[0] !== undefined && bytesWritten >= rest[0].length) {
      bytesWritten -= rest[0].length;
      rest = rest.slice(1);
    }
    if (rest[0] !== undefined) {
      rest[0] = rest[0].subarray(bytesWritten);
    }
  }
}

async function md5Of(file: FileHandle, signal: AbortSignal): Promise<string> {
  const hash = createHash('md5');
  const buffer = Buffer.allocUnsafe(pieceSize);
  for (let place = 0; ;) {
    if (signal.aborted) {
      throw abortError();
    }
    const { bytesRead } = await file.read(buffer, 0, pieceSize, place);
    if (bytesRead === 0) {
      return hash.digest('hex');
    }
    hash.update(buffer.subarray(0, bytesRead));
    place += bytesRead;
  }
}
