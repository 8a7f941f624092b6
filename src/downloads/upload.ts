import { isAbortError, MlflowError } from '../mlflow/errors';
import type { FailedPath, TransferProgress } from './download';
import type { LocalFile } from './localFiles';

export interface UploadOptions {
  readonly files: readonly LocalFile[];
  /** Uploads one file; `onProgress` hears how many of its bytes were sent. */
  readonly send: (
    file: LocalFile,
    onProgress: (sent: number) => void,
    signal: AbortSignal,
  ) => Promise<void>;
}

/** What became of an upload. */
export interface UploadResult {
  readonly files: number;
  readonly bytes: number;
  readonly failed: readonly FailedPath[];
  /** Cancelled, or given up since nothing further would have come there. */
  readonly isStopped: boolean;
}

const filesAtOnce = 4;
const lostInARow = 3;

/** The upload of some files; those that are not there when it ends are sent by the next {@link run}. */
export class Upload {
  private readonly done = new Set<LocalFile>();
  private readonly underWay = new Map<LocalFile, number>();
  private readonly totalBytes: number;
  private doneBytes = 0;

  constructor(private readonly options: UploadOptions) {
    this.totalBytes = options.files.reduce((sum, { size }) => sum + size, 0);
  }

  get progress(): TransferProgress {
    const sending = [...this.underWay.values()].reduce((sum, sent) => sum + sent, 0);
    return {
      files: this.done.size,
      bytes: this.doneBytes + sending,
      totalFiles: this.options.files.length,
      totalBytes: this.totalBytes,
      isListed: true,
    };
  }

  /** Never rejects; once `signal` fires, it resolves soon. */
  async run(signal: AbortSignal): Promise<UploadResult> {
    const rest = this.options.files.filter((file) => !this.done.has(file));
    const failed: FailedPath[] = [];
    const hopeless = new AbortController();
    const both = AbortSignal.any([signal, hopeless.signal]);
    let lost = 0;
    let next = 0;
    const sendOn = async (): Promise<void> => {
      while (next < rest.length && !both.aborted) {
        const file = rest[next++] as LocalFile;
        try {
          await this.send(file, both);
          lost = 0;
        } catch (error) {
          if (!isAbortError(error)) {
            failed.push({ path: file.path, error });
            const { kind } = error instanceof MlflowError ? error : {};
            lost = kind === 'unreachable' ? lost + 1 : 0;
            if (kind === 'unauthorized' || kind === 'unsupported' || lost >= lostInARow) {
              hopeless.abort();
            }
          }
        }
      }
    };
    await Promise.all(Array.from({ length: filesAtOnce }, sendOn));
    return { files: this.done.size, bytes: this.doneBytes, failed, isStopped: both.aborted };
  }

  private async send(file: LocalFile, signal: AbortSignal): Promise<void> {
    this.underWay.set(file, 0);
    try {
      await this.options.send(file, (sent) => this.underWay.set(file, sent), signal);
      this.done.add(file);
      this.doneBytes += file.size;
    } finally {
      this.underWay.delete(file);
    }
  }
}
