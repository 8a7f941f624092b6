import * as vscode from 'vscode';

import { pages } from '../ids';
import { distinctVersions, type VersionPlace } from '../state/versionEntry';
import { OpenPages, type PageKind } from './openPages';
import type { PanelsHost } from './panelsHost';
import { pickVersions } from './pickVersions';
import { fromVersionsState } from './present/restoreVersions';
import { VersionsPanel, mostVersions, tooManyVersions, versionsTitle } from './versionsPanel';

/** The pages that compare versions of registered models. */
export class VersionsPanels implements PageKind {
  private readonly open: OpenPages<VersionsPanel>;

  constructor(
    private readonly host: PanelsHost,
    private readonly openVersion: (place: VersionPlace) => void,
  ) {
    this.open = new OpenPages(host, 'versions');
  }

  get all(): readonly VersionsPanel[] {
    return this.open.all;
  }

  /** Shows these versions side by side: in the page that does so already, else in a new one. */
  compare(places: readonly VersionPlace[]): void {
    const distinct = distinctVersions(places);
    if (distinct.length > mostVersions) {
      throw tooManyVersions();
    }
    const existing = this.all.find((panel) => panel.compares(distinct));
    if (existing !== undefined) {
      existing.webviewPanel.reveal();
      return;
    }
    const column = vscode.ViewColumn.Active;
    const title = versionsTitle(distinct);
    this.show(vscode.window.createWebviewPanel(pages.versions, title, column), distinct);
  }

  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const places = fromVersionsState(state, mostVersions);
    if (places === undefined) {
      const sentence = vscode.l10n.t(
        'What was kept of this page cannot be read, so it is not restored. Select versions in the Models view and compare them anew.',
      );
      this.open.refuse(panel, sentence);
      return;
    }
    this.show(panel, distinctVersions(places));
  }

  dispose(): void {
    this.open.dispose();
  }

  private show(panel: vscode.WebviewPanel, places: readonly VersionPlace[]): void {
    const { host, openVersion } = this;
    const chooseMore = (present: readonly VersionPlace[]): Promise<readonly VersionPlace[]> =>
      pickVersions(host.sessions, present);
    this.open.show(
      panel,
      (onClose) =>
        new VersionsPanel({ ...{ host, panel, places, openVersion, chooseMore }, onClose }),
    );
  }
}
