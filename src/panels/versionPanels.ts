import * as vscode from 'vscode';

import { pages } from '../ids';
import type { ComparedPlace } from '../state/comparedRuns';
import { versionKey, type VersionPlace } from '../state/versionEntry';
import { OpenPages, type PageKind } from './openPages';
import type { PanelsHost } from './panelsHost';
import { fromVersionsState } from './present/restoreVersions';
import { VersionPanel, versionTitle } from './versionPanel';

/** The pages of single versions of registered models. */
export class VersionPanels implements PageKind {
  private readonly open: OpenPages<VersionPanel>;

  /** @param openRun opens the page of a run */
  constructor(
    private readonly host: PanelsHost,
    private readonly openRun: (place: ComparedPlace) => void,
  ) {
    this.open = new OpenPages(host, 'version');
  }

  get all(): readonly VersionPanel[] {
    return this.open.all;
  }

  /** Shows a version: in the page that does so already, else in a new one. */
  openVersion(place: VersionPlace): void {
    const existing = this.all.find((page) => versionKey(page.place) === versionKey(place));
    if (existing !== undefined) {
      existing.webviewPanel.reveal();
      return;
    }
    const column = vscode.ViewColumn.Active;
    this.show(vscode.window.createWebviewPanel(pages.version, versionTitle(place), column), place);
  }

  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const [place] = fromVersionsState(state, 1) ?? [];
    if (place === undefined) {
      const sentence = vscode.l10n.t(
        'What was kept of this page cannot be read, so it is not restored. Open the version anew from the Models view.',
      );
      this.open.refuse(panel, sentence);
      return;
    }
    this.show(panel, place);
  }

  dispose(): void {
    this.open.dispose();
  }

  private show(panel: vscode.WebviewPanel, place: VersionPlace): void {
    const { host, openRun } = this;
    this.open.show(
      panel,
      (onClose) => new VersionPanel({ ...{ host, panel, place }, openRun, onClose }),
    );
  }
}
