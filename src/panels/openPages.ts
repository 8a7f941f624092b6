import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import type { pages } from '../ids';
import { messageHtml } from './present/pageHtml';
import type { PanelsHost } from './panelsHost';

/** The extension's side of a page. */
export interface OpenPage extends Disposable {
  /** Where VS Code draws it. */
  readonly webviewPanel: vscode.WebviewPanel;
  /** The interval of refreshes is another now. */
  restartRefreshing(): void;
}

/** What each kind of page does for VS Code. */
export interface PageKind extends Disposable {
  readonly all: readonly OpenPage[];
  /** Fills a panel of a former session again. */
  restore(panel: vscode.WebviewPanel, state: unknown): void;
}

/** The pages of one kind that are open. */
export class OpenPages<P extends OpenPage> implements Disposable {
  private readonly open = new Set<P>();

  constructor(
    private readonly host: PanelsHost,
    private readonly kind: keyof typeof pages,
  ) {}

  get all(): readonly P[] {
    return [...this.open];
  }

  /**
   * Fills a panel.
   *
   * @param make what it is filled with, which says when it is closed
   */
  show(panel: vscode.WebviewPanel, make: (onClose: () => void) => P): void {
    const icon = (theme: string): vscode.Uri =>
      vscode.Uri.joinPath(this.host.extensionUri, 'media', `${this.kind}-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    const shown: P = make(() => this.open.delete(shown));
    this.open.add(shown);
  }

  /** Says in a panel of a former session why it is not filled. */
  refuse(panel: vscode.WebviewPanel, sentence: string): void {
    this.host.log.warn('a page was not restored: what was kept of it cannot be read');
    panel.webview.html = messageHtml(vscode.env.language, panel.title, sentence);
  }

  dispose(): void {
    this.open.forEach((page) => page.dispose());
  }
}
