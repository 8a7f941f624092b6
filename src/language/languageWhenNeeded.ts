import * as vscode from 'vscode';

import { DisposableStore, type Disposable } from '../base/disposable';
import type { Log } from '../base/log';
import { projectLanguage, settings } from '../ids';
import type { RunningClient } from './client';

/** Files whose name tells that they may be ours; `config.yaml` is looked into by the server. */
const names =
  /(?:^|\/)(?:mlproject(?:\.ya?ml)?|mlmodel|(?:python_env|conda|config|sweep)\.ya?ml)$/i;

/** A line that begins a sweep, whatever the file is called. */
const sweepLine = /^(?:method\s*:\s*['"]?(?:grid|random|bayes)\b|parameters\s*:)/m;

/** As much of a file as is looked at to see whether it may be a sweep. */
const headLines = 100;

/** Loads and starts the language client with the first open document that the server has something to say about. */
export class LanguageWhenNeeded implements Disposable {
  private readonly store = new DisposableStore();
  private isNeeded = false;
  /** Undefined until then. */
  running: RunningClient | undefined;

  constructor(
    private readonly start: () => Promise<RunningClient>,
    private readonly log: Log,
  ) {
    const look = (document: vscode.TextDocument): void => this.look(document);
    this.store.add(vscode.workspace.onDidOpenTextDocument(look));
    vscode.workspace.textDocuments.forEach(look);
  }

  dispose(): void {
    this.store.dispose();
  }

  private look(document: vscode.TextDocument): void {
    if (this.isNeeded || !isOurs(document)) {
      return;
    }
    this.isNeeded = true;
    this.start().then(
      (client) => (this.running = this.store.add(client)),
      (error: unknown) => this.log.error(`starting the language server: ${String(error)}`),
    );
  }
}

function isOurs(document: vscode.TextDocument): boolean {
  const { languageId, uri } = document;
  if (languageId === projectLanguage || names.test(uri.path)) {
    return true;
  }
  if (languageId !== 'yaml') {
    return false;
  }
  const glob = vscode.workspace.getConfiguration().get<string>(settings.sweepFiles);
  const pattern = typeof glob === 'string' && glob !== '' ? `**/${glob}` : undefined;
  return (
    (pattern !== undefined && vscode.languages.match({ pattern }, document) > 0) ||
    sweepLine.test(document.getText(new vscode.Range(0, 0, headLines, 0)))
  );
}
