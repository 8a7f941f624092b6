import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import type { ArtifactAddress } from '../mlflow/artifactAddress';
import { distinctPlaces, type ComparedPlace } from '../state/comparedRuns';
import { ImagesPanel } from './imagesPanel';
import { OpenPages, type PageKind } from './openPages';
import type { PanelsHost } from './panelsHost';
import { fromRestoreState } from './present/restoreState';

/** So many runs side by side are still told apart. */
const mostRuns = 50;

/** The pages that show the images that runs logged. */
export class ImagesPanels implements PageKind {
  private readonly open: OpenPages<ImagesPanel, readonly ComparedPlace[]>;

  constructor(host: PanelsHost, compare: (pictures: readonly ArtifactAddress[]) => void) {
    this.open = new OpenPages(
      host,
      'images',
      (panel, places) => new ImagesPanel({ host, panel, places, compare }),
    );
  }

  get all(): readonly ImagesPanel[] {
    return this.open.all;
  }

  /** Shows the images of these runs: in the page that does so already, else in a new one. */
  showImages(places: readonly ComparedPlace[]): void {
    const distinct = distinctPlaces(places);
    if (distinct.length > mostRuns) {
      throw new SaidError(
        vscode.l10n.t(
          '{0} runs are selected; the images of up to {1} runs are shown side by side. Select fewer.',
          distinct.length,
          mostRuns,
        ),
      );
    }
    const title = vscode.l10n.t('Images: {0} runs', distinct.length);
    this.open.show(distinct, title, (page) => page.shows(distinct));
  }

  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const places = distinctPlaces(fromRestoreState(state, mostRuns) ?? []);
    const refusal = vscode.l10n.t(
      'What was kept of this page cannot be read, so it is not restored. Select runs in the Experiments view and show their images anew.',
    );
    this.open.restore(panel, places.length === 0 ? undefined : places, refusal);
  }

  dispose(): void {
    this.open.dispose();
  }
}
