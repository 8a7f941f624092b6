import * as vscode from 'vscode';

import { OpenPages, type OpenPage, type PageKind } from './openPages';
import type { PanelsHost } from './panelsHost';

/** The pages of single runs. */
export class RunPanels implements PageKind {
  private readonly open: OpenPages<OpenPage>;

  constructor(host: PanelsHost) {
    this.open = new OpenPages(host, 'run');
  }

  get all(): readonly OpenPage[] {
    return this.open.all;
  }

  restore(panel: vscode.WebviewPanel): void {
    const sentence = vscode.l10n.t(
      'What was kept of this page cannot be read, so it is not restored. Open the run anew from the Experiments view.',
    );
    this.open.refuse(panel, sentence);
  }

  dispose(): void {
    this.open.dispose();
  }
}
