import type { Connection } from 'vscode-languageserver';

import { fileRequests, type FileKind, type FolderEntry } from '../protocol/language';
import type { FileSource } from './fileSource';

/** Files as the client sees them, which may be on no disk at all. */
export class ClientFiles implements FileSource {
  constructor(private readonly connection: Connection) {}

  async kindOf(uri: string): Promise<FileKind> {
    const kind = await this.ask(fileRequests.kind, uri);
    return kind === 'file' || kind === 'folder' || kind === 'missing' ? kind : 'unknown';
  }

  async read(uri: string): Promise<string | undefined> {
    const text = await this.ask(fileRequests.read, uri);
    return typeof text === 'string' ? text : undefined;
  }

  async list(uri: string): Promise<readonly FolderEntry[]> {
    const entries = await this.ask(fileRequests.list, uri);
    return Array.isArray(entries) ? (entries as FolderEntry[]) : [];
  }

  /** Undefined where the client is going away or fails. */
  private async ask(method: string, uri: string): Promise<unknown> {
    try {
      return await this.connection.sendRequest<unknown>(method, { uri });
    } catch {
      return undefined;
    }
  }
}
