import * as vscode from 'vscode';

import type { ComparedPlace } from '../state/comparedRuns';
import { versionKey, type VersionPlace } from '../state/versionEntry';
import { OpenPages, type PageKind } from './openPages';
import type { PanelsHost } from './panelsHost';
import { fromVersionsState } from './present/restoreVersions';
import { VersionPanel, versionTitle } from './versionPanel';

/** The pages of single versions of registered models. */
export class VersionPanels implements PageKind {
  private readonly open: OpenPages<VersionPanel, VersionPlace>;

  /** @param openRun opens the page of a run */
  constructor(host: PanelsHost, openRun: (place: ComparedPlace) => void) {
    this.open = new OpenPages(
      host,
      'version',
      (panel, place) =>
        new VersionPanel({
          ...{ host, panel, place, openRun },
          openVersion: (other) => this.openVersion(other),
        }),
    );
  }

  get all(): readonly VersionPanel[] {
    return this.open.all;
  }

  /** Shows a version: in the page that does so already, else in a new one. */
  openVersion(place: VersionPlace): void {
    const showsIt = (page: VersionPanel): boolean => versionKey(page.place) === versionKey(place);
    this.open.show(place, versionTitle(place), showsIt);
  }

  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const [place] = fromVersionsState(state, 1) ?? [];
    const refusal = vscode.l10n.t(
      'What was kept of this page cannot be read, so it is not restored. Open the version anew from the Models view.',
    );
    this.open.restore(panel, place, refusal);
  }

  dispose(): void {
    this.open.dispose();
  }
}
