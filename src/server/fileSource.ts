import type { FileKind, FolderEntry } from '../protocol/language';

/** Where files come from, by URI: the client, or the disk. Nothing rejects: of what cannot be looked at the kind is unknown. */
export interface FileSource {
  kindOf(uri: string): Promise<FileKind>;
  read(uri: string): Promise<string | undefined>;
  list(uri: string): Promise<readonly FolderEntry[]>;
}
