import type { FileKind, FolderEntry } from '../../protocol/language';

/**
 * The files round a document, on whatever file system it lies. Paths are relative to the document's folder, with `/`;
 * absolute ones and `..` are allowed. Texts of open documents are those of the editor, saved or not. Nothing throws: of what
 * cannot be looked at the kind is unknown.
 */
export interface ProjectFiles {
  kindOf(path: string): Promise<FileKind>;
  /** Undefined where there is no such file, or it is too large to look into. */
  read(path: string): Promise<string | undefined>;
  list(path: string): Promise<readonly FolderEntry[]>;
  /** Empty where the document lies in no folder. */
  uriOf(path: string): string;
}
