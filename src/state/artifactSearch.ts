import { isPlainPath, placeKey } from '../mlflow/artifactAddress';
import { isAbortError } from '../mlflow/errors';
import type { Artifact, ArtifactPlace } from '../mlflow/model';
import { RequestQueue } from './requestQueue';

export interface ArtifactSearchOptions {
  readonly list: (place: ArtifactPlace, signal: AbortSignal) => Promise<readonly Artifact[]>;
  /** Told of files as they are found; `folder` lists them. */
  readonly onFound: (files: readonly Artifact[], folder: ArtifactPlace) => void;
}

const mostFiles = 20_000;
const mostFolders = 5000;
const atOnce = 6;

/** Finds all files below folders, those near the top first; ends at a bound, and says so. */
export class ArtifactSearch {
  private files = 0;
  private folders = 0;
  private failures: unknown[] = [];
  private ended = false;
  private stopped = false;
  private readonly seen = new Set<string>();
  private readonly queue = new RequestQueue({ all: atOnce, long: atOnce });

  constructor(private readonly options: ArtifactSearchOptions) {}

  /** Whether everything was looked through. */
  get isWhole(): boolean {
    return this.ended && !this.stopped;
  }

  /** Whether there is more than is looked for. */
  get isBounded(): boolean {
    return this.stopped;
  }

  /** How many folders could not be read. */
  get failed(): number {
    return this.failures.length;
  }

  /** Rejects where not a single folder could be read. */
  async run(from: readonly ArtifactPlace[], signal: AbortSignal): Promise<void> {
    let level = from;
    while (level.length > 0 && !this.stopped) {
      const below = await Promise.all(level.map((place) => this.look(place, signal)));
      level = below.flat();
    }
    this.ended = true;
    if (this.failures.length > 0 && this.failures.length === this.folders) {
      throw this.failures[0];
    }
  }

  /** Tells the files of a folder, and resolves to the folders in it. */
  private async look(place: ArtifactPlace, signal: AbortSignal): Promise<readonly ArtifactPlace[]> {
    const key = placeKey(place);
    if (this.seen.has(key)) {
      return [];
    }
    this.seen.add(key);
    try {
      return await this.queue.run(async () => {
        if (this.stopped || ++this.folders > mostFolders) {
          this.stopped = true;
          return [];
        }
        const entries = await this.options.list(place, signal);
        signal.throwIfAborted();
        return this.take(place, entries);
      }, signal);
    } catch (error) {
      if (signal.aborted || isAbortError(error)) {
        throw error;
      }
      this.failures = [...this.failures, error];
      return [];
    }
  }

  private take(place: ArtifactPlace, entries: readonly Artifact[]): readonly ArtifactPlace[] {
    const start = place.path === '' ? '' : `${place.path}/`;
    const inside = entries.filter(
      ({ path }) => path.length > start.length && path.startsWith(start) && isPlainPath(path),
    );
    const files = inside.filter(({ isDirectory }) => !isDirectory);
    const room = mostFiles - this.files;
    this.stopped ||= files.length > room;
    this.files += Math.min(files.length, room);
    this.options.onFound(files.slice(0, room), place);
    return inside
      .filter(({ isDirectory }) => isDirectory)
      .map(({ path }) => ({ owner: place.owner, path }));
  }
}
