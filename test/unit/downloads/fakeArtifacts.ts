import { open } from 'node:fs/promises';
import { MlflowError } from '../../../src/mlflow/errors';
import type {
  Artifact,
  ArtifactListing,
  ArtifactOwner,
  ArtifactPlace,
} from '../../../src/mlflow/model';
import type {
  ArtifactRange,
  ArtifactStream,
  ArtifactTarget,
  SavedArtifact,
  SaveProgress,
  TrackingStore,
} from '../../../src/mlflow/trackingStore';

/** What a file is and which state it is in. */
export interface FakeFile {
  readonly content: Buffer;
  readonly validator: string | undefined;
}

/** One call of {@link FakeArtifacts.saveArtifact}. */
export interface Saving {
  readonly path: string;
  readonly target: ArtifactTarget;
}

/** Artifacts in memory; the store writes files as the port has it: nothing but the one that is named. */
export class FakeArtifacts {
  /** By folder; folders without an entry are made of {@link files}. */
  readonly listings = new Map<string, readonly Artifact[]>();
  readonly files = new Map<string, FakeFile>();
  readonly listed: string[] = [];
  readonly saved: Saving[] = [];
  /** Runs before a listing and before a file is written. */
  before: (what: string) => Promise<void> | void = () => undefined;
  /** So many bytes of a file come before the connection breaks off. */
  cutAfter: (path: string) => number = () => Infinity;

  add(path: string, content: string | Buffer, validator = 'v1'): void {
    this.files.set(path, { content: Buffer.from(content), validator });
  }

  /** Lists entries that may not exist, as a hostile server does; whatever is asked for has these bytes. */
  lie(folder: string, paths: readonly string[], isDirectory = false): void {
    const entries = paths.map((path) => ({ path, isDirectory, size: isDirectory ? undefined : 4 }));
    this.listings.set(folder, [...(this.listings.get(folder) ?? []), ...entries]);
    paths.forEach((path) => this.add(path, 'evil'));
  }

  get asStore(): TrackingStore {
    return this as unknown as TrackingStore;
  }

  async listArtifacts(
    _owner: ArtifactOwner,
    folder: string,
    signal: AbortSignal,
  ): Promise<ArtifactListing> {
    this.listed.push(folder);
    await this.before(`list ${folder}`);
    signal.throwIfAborted();
    return {
      rootUri: 'mlflow-artifacts:/1',
      files: this.listings.get(folder) ?? this.made(folder),
    };
  }

  async openArtifact({ path }: ArtifactPlace, { from }: ArtifactRange): Promise<ArtifactStream> {
    await this.before(`open ${path}`);
    const found = this.files.get(path);
    if (found === undefined) {
      throw new MlflowError('notFound', 'missing');
    }
    const { content, validator } = found;
    return {
      ...{ size: content.length, from, validator },
      read: () => Promise.reject(new Error('nobody reads these')),
      close: () => undefined,
    };
  }

  async saveArtifact(
    { path }: ArtifactPlace,
    target: ArtifactTarget,
    onProgress: (progress: SaveProgress) => void,
    signal: AbortSignal,
  ): Promise<SavedArtifact> {
    this.saved.push({ path, target });
    await this.before(`save ${path}`);
    signal.throwIfAborted();
    const found = this.files.get(path);
    if (found === undefined) {
      throw new MlflowError('notFound', 'missing');
    }
    const { content, validator } = found;
    const goesOn = validator !== undefined && validator === target.validator;
    const from = goesOn ? Math.min(target.from, content.length) : 0;
    const end = Math.min(content.length, this.cutAfter(path));
    const file = await open(target.file, 'r+');
    try {
      await file.truncate(from);
      await file.write(content.subarray(from, end), 0, Math.max(0, end - from), from);
    } finally {
      await file.close();
    }
    onProgress({ written: end, size: content.length, validator });
    if (end < content.length) {
      throw new MlflowError('unreachable', 'cut');
    }
    return { size: content.length, received: end - from, validator, verified: undefined };
  }

  private made(folder: string): readonly Artifact[] {
    const prefix = folder === '' ? '' : `${folder}/`;
    const entries = new Map<string, Artifact>();
    for (const [path, { content }] of this.files) {
      if (path.startsWith(prefix)) {
        const [name = '', ...rest] = path.slice(prefix.length).split('/');
        const isDirectory = rest.length > 0;
        const size = isDirectory ? undefined : content.length;
        entries.set(name, { path: prefix + name, isDirectory, size });
      }
    }
    return [...entries.values()];
  }
}
