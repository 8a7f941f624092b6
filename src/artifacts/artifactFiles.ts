import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import { Late } from '../base/late';
import { tabUri } from '../host/tabUri';
import { artifactScheme } from '../ids';
import { connectionKey, type ArtifactAddress } from '../mlflow/artifactAddress';
import type { Sessions } from '../state/sessions';
import type { ArtifactReader, Prepared } from './artifactReader';
import type { OnBytes } from './fileReader';

/** Artifacts as files that can only be read, so that VS Code's own editors show them. What reads them is loaded late. */
export class ArtifactFiles implements vscode.FileSystemProvider, Disposable {
  private readonly changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  private readonly registered: readonly Disposable[];
  private readonly reader: Late<ArtifactReader>;

  readonly onDidChangeFile = this.changes.event;

  constructor(sessions: Sessions) {
    this.reader = new Late(async () => {
      const { ArtifactReader } = await import('./artifactReader');
      return new ArtifactReader(sessions);
    });
    this.registered = [
      vscode.workspace.registerFileSystemProvider(artifactScheme, this, {
        isCaseSensitive: true,
        isReadonly: true,
      }),
      sessions.onDidReload((session) => void this.lookAgain(connectionKey(session.id))),
    ];
  }

  /** Nothing is watched: what a run leaves behind seldom changes, and asking costs its server. */
  watch(): Disposable {
    return { dispose: () => undefined };
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return (await this.reader.get()).stat(uri);
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    return (await this.reader.get()).readDirectory(uri);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.reader.get()).readFile(uri);
  }

  /** Reads a file that is about to be opened; says how many bytes came. */
  async prepare(
    address: ArtifactAddress,
    onBytes: OnBytes,
    signal: AbortSignal,
  ): Promise<Prepared> {
    return (await this.reader.get()).prepare(address, onBytes, signal);
  }

  /** Copies a file to a temporary folder, for a program outside; resolves to its path. */
  async copyForViewing(
    address: ArtifactAddress,
    onBytes: OnBytes,
    signal: AbortSignal,
  ): Promise<string> {
    return (await this.reader.get()).copyForViewing(address, onBytes, signal);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
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
    this.registered.forEach((each) => each.dispose());
    this.changes.dispose();
    this.reader.dispose();
  }

  /** Has the documents of a connection that are open looked at again. */
  private async lookAgain(key: string): Promise<void> {
    const reader = await this.reader.asked;
    if (reader !== undefined) {
      reader.forget();
      const uris = openDocuments().filter(
        ({ scheme, authority }) => scheme === artifactScheme && authority === key,
      );
      this.changes.fire(uris.map((uri) => ({ type: vscode.FileChangeType.Changed, uri })));
    }
  }
}

function openDocuments(): readonly vscode.Uri[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs.map(tabUri))
    .filter((uri) => uri !== undefined);
}
