import type { Artifact, ArtifactListing } from '../mlflow/model';

/** A folder as it crosses a thread: a hundred thousand entries as objects would hold the extension host for a fifth of a second. */
export interface PackedListing {
  readonly rootUri: string;
  /** Paths, one after the other, and where each ends. */
  readonly paths: string;
  readonly ends: Uint32Array;
  /** -1 for a folder, NaN where it is not known. */
  readonly sizes: Float64Array;
}

export function packListing({ rootUri, files }: ArtifactListing): PackedListing {
  let end = 0;
  return {
    rootUri,
    paths: files.map(({ path }) => path).join(''),
    ends: Uint32Array.from(files, ({ path }) => (end += path.length)),
    sizes: Float64Array.from(files, ({ isDirectory, size = NaN }) => (isDirectory ? -1 : size)),
  };
}

/** So many are unpacked before others have their turn. */
const entriesAtOnce = 2_000;

/** The folder again; others have their turns meanwhile. */
export async function unpackListing(packed: PackedListing): Promise<ArtifactListing> {
  const { rootUri, paths, ends, sizes } = packed;
  const files: Artifact[] = [];
  let start = 0;
  for (const [index, end] of ends.entries()) {
    const size = sizes[index] ?? NaN;
    files.push({
      path: paths.slice(start, end),
      isDirectory: size === -1,
      size: size >= 0 ? size : undefined,
    });
    start = end;
    if (index % entriesAtOnce === entriesAtOnce - 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return { rootUri, files };
}
