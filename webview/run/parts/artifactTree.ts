import type { RunArtifact } from '../../../src/protocol/runPage';

/** What is known of a folder: its entries, not yet, or why not. */
export type Folder =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly entries: readonly RunArtifact[] }
  | { readonly kind: 'failed'; readonly sentence: string };

/** One line of the list: an entry, or what is to be said of a folder that has none. */
export interface ArtifactRow {
  readonly path: string;
  readonly depth: number;
  readonly entry: RunArtifact | undefined;
  readonly isOpen: boolean;
  /** Of a folder that could not be read; or that it is being read, or empty. */
  readonly says:
    { readonly kind: 'loading' | 'empty' } | Extract<Folder, { kind: 'failed' }> | undefined;
}

/** The open folders one below the other, as a tree shows them. */
export function artifactRows(
  folders: ReadonlyMap<string, Folder>,
  open: ReadonlySet<string>,
): readonly ArtifactRow[] {
  return rowsOf('', 0, folders, open);
}

const deepest = 50;

function rowsOf(
  path: string,
  depth: number,
  folders: ReadonlyMap<string, Folder>,
  open: ReadonlySet<string>,
): readonly ArtifactRow[] {
  const folder = folders.get(path) ?? { kind: 'loading' };
  const says = saidOf(folder);
  if (folder.kind !== 'ready' || says !== undefined)
    return [{ path: `${path}/`, depth, entry: undefined, isOpen: false, says }];
  return [...folder.entries].sort(foldersFirst).flatMap((entry) => {
    const isOpen = entry.isDirectory && open.has(entry.path) && depth < deepest;
    const row = { path: entry.path, depth, entry, isOpen, says: undefined };
    return isOpen ? [row, ...rowsOf(entry.path, depth + 1, folders, open)] : [row];
  });
}

function saidOf(folder: Folder): ArtifactRow['says'] {
  if (folder.kind === 'ready') return folder.entries.length === 0 ? { kind: 'empty' } : undefined;
  return folder.kind === 'loading' ? { kind: 'loading' } : folder;
}

const natural = new Intl.Collator('en', { numeric: true });

/** Models first, then folders, then files. */
function foldersFirst(one: RunArtifact, other: RunArtifact): number {
  return rankOf(one) - rankOf(other) || natural.compare(one.path, other.path);
}

function rankOf({ isModel, isDirectory }: RunArtifact): number {
  return isModel ? 0 : isDirectory ? 1 : 2;
}
