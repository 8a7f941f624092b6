import * as vscode from 'vscode';

import { OpenPages, type OpenPage, type PageKind } from './openPages';
import type { PanelsHost } from './panelsHost';

/** The pages that show tables of runs. */
export class RunsPanels implements PageKind {
  private readonly open: OpenPages<OpenPage>;

  constructor(host: PanelsHost) {
    this.open = new OpenPages(host, 'runs');
  }

  get all(): readonly OpenPage[] {
    return this.open.all;
  }

  restore(panel: vscode.WebviewPanel): void {
    const sentence = vscode.l10n.t(
      'What was kept of this page cannot be read, so it is not restored. Open the table anew from the Experiments view.',
    );
    this.open.refuse(panel, sentence);
  }

  dispose(): void {
    this.open.dispose();
  }
}
