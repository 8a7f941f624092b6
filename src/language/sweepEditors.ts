import * as vscode from 'vscode';
import type { ProvideCodeLensesSignature } from 'vscode-languageclient';

import type { Disposable } from '../base/disposable';
import { setContextKey } from '../host/contextKeys';
import { commands, contextKeys } from '../ids';

/** Tells menus which open files are sweep files: those that the server has a lens for. */
export class SweepEditors implements Disposable {
  private readonly known = new Set<string>();
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
    const id = uri.toString();
    if (this.known.has(id) !== isSweep) {
      if (isSweep) {
        this.known.add(id);
      } else {
        this.known.delete(id);
      }
      this.tell();
    }
  }

  private tell(): void {
    setContextKey(contextKeys.sweepFiles, [...this.known]);
  }
}
