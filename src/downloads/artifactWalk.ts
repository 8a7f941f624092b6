import { isAbortError } from '../mlflow/errors';
import type { Artifact, ArtifactPlace } from '../mlflow/model';
import { folded, safePath, type Platform, type Refusal } from './safePath';

/** A file that a server listed, and where it goes below the chosen folder. */
export interface FoundFile {
  readonly place: ArtifactPlace;
  readonly parts: readonly string[];
  /** Bytes, where the server says. */
  readonly size: number | undefined;
}

/** A folder of artifacts, and where it goes below the chosen folder. */
export interface FoundFolder {
  readonly place: ArtifactPlace;
  readonly parts: readonly string[];
}

export interface WalkOptions {
  readonly platform: Platform;
  /** Names that differ only in case or normal form are one for the file system. */
  readonly foldsNames: boolean;
  readonly list: (place: ArtifactPlace) => Promise<readonly Artifact[]>;
  readonly onRefused: (path: string, refusal: Refusal) => void;
  /** A folder that could not be listed. */
  readonly onFailed: (folder: FoundFolder, error: unknown) => void;
}

const listedAtOnce = 4;
/** While so many wait to be taken, nothing more is listed. */
const enough = 1000;

/** The files below folders, handed out as soon as they are known; listings run a little ahead. */
export class ArtifactWalk {
  private readonly folders: FoundFolder[];
  private found: FoundFile[] = [];
  private taken = 0;
  private listing = 0;
  private waiting: (() => void)[] = [];
  private ended = false;
  private knownFiles = 0;
  private knownBytes = 0;

  constructor(
    folders: readonly FoundFolder[],
    private readonly options: WalkOptions,
  ) {
    this.folders = folders.toReversed();
  }

  /** Whether everything is listed. */
  get isWhole(): boolean {
    return this.ended || (this.listing === 0 && this.folders.length === 0);
  }

  /** Files found so far, and their bytes as far as the server says. */
  get totals(): { readonly files: number; readonly bytes: number } {
    return { files: this.knownFiles, bytes: this.knownBytes };
  }

  /** The next file; `undefined` after the last. */
  async next(): Promise<FoundFile | undefined> {
    for (;;) {
      this.listOn();
      const file = this.found[this.taken];
      if (file !== undefined) {
        this.taken++;
        this.forgetTaken();
        return file;
      }
      if (this.isWhole) {
        return undefined;
      }
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  /** Lists nothing further. */
  end(): void {
    this.ended = true;
    this.wake();
  }

  private forgetTaken(): void {
    if (this.taken >= enough) {
      this.found = this.found.slice(this.taken);
      this.taken = 0;
    }
  }

  private listOn(): void {
    while (
      !this.ended &&
      this.listing < listedAtOnce &&
      this.found.length - this.taken < enough &&
      this.folders.length > 0
    ) {
      const folder = this.folders.pop();
      if (folder !== undefined) {
        this.listing++;
        void this.list(folder);
      }
    }
  }

  private async list(folder: FoundFolder): Promise<void> {
    try {
      const entries = await this.options.list(folder.place);
      if (!this.ended) {
        this.take(folder, entries);
      }
    } catch (error) {
      if (!isAbortError(error) && !this.ended) {
        this.options.onFailed(folder, error);
      }
    }
    this.listing--;
    this.wake();
  }

  private wake(): void {
    const { waiting } = this;
    this.waiting = [];
    waiting.forEach((resolve) => resolve());
  }

  private take(folder: FoundFolder, entries: readonly Artifact[]): void {
    const { onRefused, foldsNames, platform } = this.options;
    const names = new Map<string, string>();
    const below: FoundFolder[] = [];
    for (const entry of entries) {
      const name = nameIn(folder.place.path, entry.path, platform);
      if (typeof name !== 'string') {
        onRefused(entry.path, name.refusal);
        continue;
      }
      const key = foldsNames ? folded(name) : name;
      const known = names.get(key);
      if (known !== undefined) {
        if (known !== kindAndName(entry, name)) {
          onRefused(entry.path, 'sameName');
        }
        continue;
      }
      names.set(key, kindAndName(entry, name));
      const place = { owner: folder.place.owner, path: entry.path };
      const parts = [...folder.parts, name];
      if (entry.isDirectory) {
        below.push({ place, parts });
      } else {
        this.found.push({ place, parts, size: entry.size });
        this.knownFiles++;
        this.knownBytes += entry.size ?? 0;
      }
    }
    this.folders.push(...below.toReversed());
  }
}

function kindAndName({ isDirectory }: Artifact, name: string): string {
  return `${isDirectory ? 'folder' : 'file'} ${name}`;
}

/** The name of an entry in the folder that was listed, or why it is none. */
function nameIn(
  folder: string,
  path: string,
  platform: Platform,
): string | { readonly refusal: Refusal } {
  const safe = safePath(path, platform);
  if (safe.refusal !== undefined) {
    return safe;
  }
  const name = safe.parts.at(-1);
  const parent = safe.parts.slice(0, -1).join('/');
  return name === undefined || parent !== folder ? { refusal: 'elsewhere' } : name;
}
