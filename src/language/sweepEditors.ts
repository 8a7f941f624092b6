import * as vscode from 'vscode';
import type { ProvideCodeLensesSignature } from 'vscode-languageclient';

import type { Disposable } from '../base/disposable';
import { setContextKey } from '../host/contextKeys';
import { commands, contextKeys } from '../ids';

/** Tells menus which open files are sweep files: those that the server has a lens for. */
export class SweepEditors implements Disposable {
  /** Their paths. */
  private readonly known = new Set<string>();
  private told = '';
  private readonly closing = vscode.workspace.onDidCloseTextDocument(({ uri }) => {
    this.note(uri, false);
  });

  /** Stands between the editor and the server. */
  readonly provideCodeLenses = async (
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
    next: ProvideCodeLensesSignature,
  ): Promise<vscode.CodeLens[] | null | undefined> => {
    const lenses = await next(document, token);
    if (!token.isCancellationRequested) {
      const { launchSweep } = commands;
      this.note(
        document.uri,
        lenses?.some(({ command }) => command?.command === launchSweep),
      );
    }
    return lenses;
  };

  dispose(): void {
    this.closing.dispose();
    this.known.clear();
    this.tell();
  }

  private note(uri: vscode.Uri, isSweep = false): void {
    // On another machine the editor's window knows a file by its path with slashes.
    for (const path of new Set([uri.fsPath, uri.path])) {
      if (isSweep) {
        this.known.add(path);
      } else {
        this.known.delete(path);
      }
    }
    this.tell();
  }

  private tell(): void {
    const paths = [...this.known];
    if (paths.join('\n') !== this.told) {
      this.told = paths.join('\n');
      setContextKey(contextKeys.sweepFiles, paths);
    }
  }
}
