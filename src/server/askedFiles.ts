import type { TextDocument } from 'vscode-languageserver-textdocument';

import type { FileKind, FolderEntry } from '../protocol/language';
import type { FileSource } from './fileSource';
import { folderOf, resolveUri } from './service/resolveUri';
import type { ProjectFiles } from './service/projectFiles';

/**
 * The files round one document, as a service asks for them; open documents count as they are in the editor. Keeps what it was
 * asked about, so that the answers are looked for again when one of these changes.
 */
export class AskedFiles implements ProjectFiles {
  private readonly asked = new Set<string>();

  constructor(
    private readonly documentUri: string,
    private readonly source: FileSource,
    private readonly openText: (uri: string) => TextDocument | undefined,
  ) {}

  async kindOf(path: string): Promise<FileKind> {
    return this.ask<FileKind>(path, path.includes('\0') ? 'missing' : 'unknown', (uri, open) =>
      open ? Promise.resolve('file') : this.source.kindOf(uri),
    );
  }

  async read(path: string): Promise<string | undefined> {
    return this.ask<string | undefined>(path, undefined, (uri, open) =>
      open ? Promise.resolve(open.getText()) : this.source.read(uri),
    );
  }

  async list(path: string): Promise<readonly FolderEntry[]> {
    return this.ask<readonly FolderEntry[]>(path, [], (uri) => this.source.list(uri));
  }

  uriOf(path: string): string {
    return resolveUri(this.documentUri, path) ?? '';
  }

  /** Whether an answer may be another one now that this file appeared, changed or vanished. */
  concerns(uri: string): boolean {
    return this.asked.has(uri) || this.asked.has(folderOf(uri));
  }

  private ask<T>(
    path: string,
    otherwise: T,
    ask: (uri: string, open: TextDocument | undefined) => Promise<T>,
  ): Promise<T> {
    const uri = path.includes('\0') ? undefined : resolveUri(this.documentUri, path);
    if (uri === undefined) {
      return Promise.resolve(otherwise);
    }
    this.asked.add(uri);
    return ask(uri, this.openText(uri));
  }
}
