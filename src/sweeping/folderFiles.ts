import * as vscode from 'vscode';

import { largestFile, largestFolder, type FileKind, type FolderEntry } from '../protocol/language';
import type { ProjectFiles } from '../server/service/projectFiles';
import { resolveUri } from '../server/service/resolveUri';

/** The files round a document, for the rules of the language server; open documents count as they are in the editor. */
export class FolderFiles implements ProjectFiles {
  constructor(private readonly document: vscode.Uri) {}

  async kindOf(path: string): Promise<FileKind> {
    const { Directory, File } = vscode.FileType;
    try {
      const { type } = await vscode.workspace.fs.stat(this.at(path));
      return type & Directory ? 'folder' : type & File ? 'file' : 'unknown';
    } catch (error) {
      return error instanceof vscode.FileSystemError && error.code === 'FileNotFound'
        ? 'missing'
        : 'unknown';
    }
  }

  async read(path: string): Promise<string | undefined> {
    try {
      const uri = this.at(path);
      const { fs, textDocuments } = vscode.workspace;
      const open = textDocuments.find((each) => each.uri.toString() === uri.toString());
      if (open !== undefined) {
        return open.getText();
      }
      const { size } = await fs.stat(uri);
      return size > largestFile ? undefined : new TextDecoder().decode(await fs.readFile(uri));
    } catch {
      return undefined;
    }
  }

  async list(path: string): Promise<readonly FolderEntry[]> {
    try {
      const entries = await vscode.workspace.fs.readDirectory(this.at(path));
      return entries.slice(0, largestFolder).map(([name, type]) => ({
        name,
        kind: type & vscode.FileType.Directory ? 'folder' : 'file',
      }));
    } catch {
      return [];
    }
  }

  uriOf(path: string): string {
    return resolveUri(this.document.toString(), path) ?? '';
  }

  private at(path: string): vscode.Uri {
    return vscode.Uri.parse(this.uriOf(path), true);
  }
}
