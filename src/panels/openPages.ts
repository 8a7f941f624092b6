import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import { pages } from '../ids';
import { messageHtml } from './present/pageHtml';
import type { PanelsHost } from './panelsHost';

/** The extension's side of a page. */
export interface OpenPage extends Disposable {
  /** Where VS Code draws it. */
  readonly webviewPanel: vscode.WebviewPanel;
  /** The interval of refreshes is another now; a page whose content is at rest need not know. */
  restartRefreshing?(): void;
}

/** What each kind of page does for VS Code. */
export interface PageKind extends Disposable {
  readonly all: readonly OpenPage[];
  /** Fills a panel of a former session again. */
  restore(panel: vscode.WebviewPanel, state: unknown): void;
}

/**
 * The pages of one kind that are open.
 *
 * @typeParam W what a page shows
 */
export class OpenPages<P extends OpenPage, W> implements Disposable {
  private readonly open = new Set<P>();

  /** @param make fills a panel */
  constructor(
    private readonly host: PanelsHost,
    private readonly kind: keyof typeof pages,
    private readonly make: (panel: vscode.WebviewPanel, what: W) => P,
  ) {}

  get all(): readonly P[] {
    return [...this.open];
  }

  /** Brings the page to the front that shows this already, else opens a new one. */
  show(what: W, title: string, showsIt: (page: P) => boolean): void {
    const existing = this.all.find(showsIt);
    if (existing !== undefined) {
      existing.webviewPanel.reveal();
      return;
    }
    const column = vscode.ViewColumn.Active;
    this.fill(vscode.window.createWebviewPanel(pages[this.kind], title, column), what);
  }

  /** Fills a panel of a former session again; says in it why not, where what was kept of it cannot be read. */
  restore(panel: vscode.WebviewPanel, what: W | undefined, refusal: string): void {
    if (what !== undefined) {
      this.fill(panel, what);
      return;
    }
    this.host.log.warn('a page was not restored: what was kept of it cannot be read');
    panel.webview.html = messageHtml(vscode.env.language, panel.title, refusal);
  }

  dispose(): void {
    this.open.forEach((page) => this.close(page));
  }

  private fill(panel: vscode.WebviewPanel, what: W): void {
    const icon = (theme: string): vscode.Uri =>
      vscode.Uri.joinPath(this.host.extensionUri, 'media', `${this.kind}-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    const page = this.make(panel, what);
    this.open.add(page);
    panel.onDidDispose(() => this.close(page));
  }

  private close(page: P): void {
    if (this.open.delete(page)) {
      page.dispose();
    }
  }
}
