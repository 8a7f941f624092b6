import type { ArtifactPlace } from '../mlflow/model';
import type { TrackingStore } from '../mlflow/trackingStore';
import { DownloadRun } from './downloadRun';
import type { WhereTaken } from './fileDownload';
import type { FinishedFiles } from './finishedFiles';
import type { Platform, Refusal } from './safePath';
import type { TargetFolder } from './targetFolder';

/** One thing to download, and where it goes. */
export interface DownloadedItem {
  readonly place: ArtifactPlace;
  readonly isDirectory: boolean;
  /** Bytes, where they are known. */
  readonly size: number | undefined;
  /** Below the chosen folder. */
  readonly parts: readonly string[];
  readonly whereTaken: WhereTaken;
  /** Of a folder that can be gone on with later. */
  readonly finished?: FinishedFiles | undefined;
  /** Names the artifact at `path` of the same owner among those of all servers. */
  readonly idOf: (path: string) => string;
  readonly ask: <T>(work: (store: TrackingStore) => Promise<T>, signal: AbortSignal) => Promise<T>;
}

export interface DownloadOptions {
  readonly items: readonly DownloadedItem[];
  readonly target: TargetFolder;
  readonly platform: Platform;
  /** Paths that are being written by this window. */
  readonly busy: Set<string>;
}

/** How far a transfer is. */
export interface TransferProgress {
  /** Whole ones. */
  readonly files: number;
  /** Of whole files and of those under way. */
  readonly bytes: number;
  /** Files and bytes that are known of by now. */
  readonly totalFiles: number;
  readonly totalBytes: number;
  /** Nothing further can come to light. */
  readonly isListed: boolean;
}

export interface RefusedPath {
  readonly path: string;
  readonly refusal: Refusal;
}

export interface FailedPath {
  readonly path: string;
  readonly error: unknown;
}

/** Some of many, and how many there are. */
export interface Counted<T> {
  readonly named: readonly T[];
  readonly count: number;
}

/** What became of a download. */
export interface DownloadResult {
  /** Whole files, those that were there already included. */
  readonly files: number;
  /** Were there already. */
  readonly kept: number;
  readonly bytes: number;
  /** Files whose checksum the server gave, which was compared. */
  readonly verified: number;
  readonly refused: Counted<RefusedPath>;
  readonly failed: Counted<FailedPath>;
  /** Cancelled, or given up since nothing further would have come. */
  readonly isStopped: boolean;
}

/** What is done by now. */
export interface Done {
  readonly paths: Set<string>;
  bytes: number;
  kept: number;
  verified: number;
}

/** The download of some things; what is not whole when it ends is gone on with by the next {@link run}. */
export class Download {
  private readonly done: Done = { paths: new Set(), bytes: 0, kept: 0, verified: 0 };
  private current: DownloadRun | undefined;

  constructor(private readonly options: DownloadOptions) {}

  get progress(): TransferProgress {
    return (
      this.current?.progress ?? {
        ...{ files: 0, bytes: 0, totalFiles: 0, totalBytes: 0 },
        isListed: false,
      }
    );
  }

  /** Never rejects; once `signal` fires, it resolves soon, and what came stays. */
  async run(signal: AbortSignal): Promise<DownloadResult> {
    this.current = new DownloadRun(this.options, this.done, signal);
    const troubles = await this.current.finish();
    const { paths, ...counts } = this.done;
    return { files: paths.size, ...counts, ...troubles };
  }
}
