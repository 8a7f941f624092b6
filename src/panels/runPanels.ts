import * as vscode from 'vscode';

import { pages } from '../ids';
import { keyOf, type ComparedPlace } from '../state/comparedRuns';
import { OpenPages, type PageKind } from './openPages';
import type { PanelsHost } from './panelsHost';
import { fromRestoreState } from './present/restoreState';
import { RunPanel } from './runPanel';

/** The pages of single runs. */
export class RunPanels implements PageKind {
  private readonly open: OpenPages<RunPanel>;

  constructor(private readonly host: PanelsHost) {
    this.open = new OpenPages(host, 'run');
  }

  get all(): readonly RunPanel[] {
    return this.open.all;
  }

  /** Shows a run: in the page that does so already, else in a new one. */
  openRun(place: ComparedPlace): void {
    const existing = this.all.find((page) => keyOf(page.place) === keyOf(place));
    if (existing !== undefined) {
      existing.webviewPanel.reveal();
      return;
    }
    const title = vscode.l10n.t('Run: {0}', place.runId);
    const column = vscode.ViewColumn.Active;
    this.show(vscode.window.createWebviewPanel(pages.run, title, column), place);
  }

  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const [place] = fromRestoreState(state, 1) ?? [];
    if (place === undefined) {
      const sentence = vscode.l10n.t(
        'What was kept of this page cannot be read, so it is not restored. Open the run anew from the Experiments view.',
      );
      this.open.refuse(panel, sentence);
      return;
    }
    this.show(panel, place);
  }

  dispose(): void {
    this.open.dispose();
  }

  private show(panel: vscode.WebviewPanel, place: ComparedPlace): void {
    const { host } = this;
    const openRun = (other: ComparedPlace): void => this.openRun(other);
    this.open.show(
      panel,
      (onClose) => new RunPanel({ ...{ host, panel, place }, openRun, onClose }),
    );
  }
}
