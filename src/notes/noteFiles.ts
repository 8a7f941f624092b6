import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import { Late } from '../base/late';
import { noteScheme } from '../ids';
import type { Session } from '../state/session';
import type { Sessions } from '../state/sessions';
import type { NoteDesk } from './noteDesk';
import { isFolder, type Described } from './noteUri';

/**
 * Descriptions of runs, experiments, registered models and their versions as Markdown files, so that VS Code's own editor edits
 * them. What reads and writes them is loaded late.
 */
export class NoteFiles implements vscode.FileSystemProvider, Disposable {
  private readonly changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  private readonly desk: Late<NoteDesk>;
  private readonly registered: vscode.Disposable;

  readonly onDidChangeFile = this.changes.event;

  constructor(sessions: Sessions) {
    this.desk = new Late(async () => {
      const { NoteDesk } = await import('./noteDesk');
      return new NoteDesk(sessions, (uri) => {
        this.changes.fire([{ type: vscode.FileChangeType.Changed, uri }]);
      });
    });
    this.registered = vscode.workspace.registerFileSystemProvider(noteScheme, this, {
      isCaseSensitive: true,
    });
  }

  /** Opens a description in an editor; rejects when it cannot be read. */
  async open(session: Session, thing: Described): Promise<void> {
    await (await this.desk.get()).open(session, thing);
  }

  watch(uri: vscode.Uri): vscode.Disposable {
    const watching = this.desk.get().then((desk) => desk.watch(uri));
    return new vscode.Disposable(() => {
      void watching.then((watch) => void watch.dispose());
    });
  }

  /** Where a file cannot be read, VS Code asks for its folder before it writes: every folder is there. */
  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return isFolder(uri)
      ? { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 }
      : (await this.desk.get()).stat(uri);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.desk.get()).readFile(uri);
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    await (await this.desk.get()).writeFile(uri, content);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.registered.dispose();
    this.desk.dispose();
    this.changes.dispose();
  }
}
