import * as vscode from 'vscode';

import type { ComparedPlace } from '../state/comparedRuns';
import { distinctVersions, newestFirst, type VersionPlace } from '../state/versionEntry';
import { OpenPages, type PageKind } from './openPages';
import type { PanelsHost } from './panelsHost';
import { pickVersions } from './pickVersions';
import { fromVersionsState } from './present/restoreVersions';
import { VersionsPanel, mostVersions, tooManyVersions, versionsTitle } from './versionsPanel';

/** The pages that compare versions of registered models. */
export class VersionsPanels implements PageKind {
  private readonly open: OpenPages<VersionsPanel, readonly VersionPlace[]>;

  constructor(
    host: PanelsHost,
    openVersion: (place: VersionPlace) => void,
    openRun: (place: ComparedPlace) => void,
  ) {
    const chooseMore = (present: readonly VersionPlace[]): Promise<readonly VersionPlace[]> =>
      pickVersions(host.sessions, present);
    this.open = new OpenPages(
      host,
      'versions',
      (panel, places) =>
        new VersionsPanel({ host, panel, places, openVersion, openRun, chooseMore }),
    );
  }

  get all(): readonly VersionsPanel[] {
    return this.open.all;
  }

  /** Shows these versions side by side: in the page that does so already, else in a new one. */
  compare(places: readonly VersionPlace[]): void {
    const distinct = newestFirst(distinctVersions(places));
    if (distinct.length > mostVersions) {
      throw tooManyVersions();
    }
    this.open.show(distinct, versionsTitle(distinct), (page) => page.compares(distinct));
  }

  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const places = fromVersionsState(state, mostVersions);
    const refusal = vscode.l10n.t(
      'What was kept of this page cannot be read, so it is not restored. Select versions in the Models view and compare them anew.',
    );
    this.open.restore(panel, places && distinctVersions(places), refusal);
  }

  dispose(): void {
    this.open.dispose();
  }
}
