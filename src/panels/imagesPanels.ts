import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import { pages } from '../ids';
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
  private readonly open: OpenPages<ImagesPanel>;

  constructor(
    private readonly host: PanelsHost,
    private readonly compare: (pictures: readonly ArtifactAddress[]) => void,
  ) {
    this.open = new OpenPages(host, 'images');
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
    const existing = this.all.find((page) => page.shows(distinct));
    if (existing !== undefined) {
      existing.webviewPanel.reveal();
      return;
    }
    const column = vscode.ViewColumn.Active;
    const title = vscode.l10n.t('Images: {0} runs', distinct.length);
    this.show(vscode.window.createWebviewPanel(pages.images, title, column), distinct);
  }

  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const places = fromRestoreState(state, mostRuns);
    if (places === undefined || places.length === 0) {
      const sentence = vscode.l10n.t(
        'What was kept of this page cannot be read, so it is not restored. Select runs in the Experiments view and show their images anew.',
      );
      this.open.refuse(panel, sentence);
      return;
    }
    this.show(panel, distinctPlaces(places));
  }

  dispose(): void {
    this.open.dispose();
  }

  private show(panel: vscode.WebviewPanel, places: readonly ComparedPlace[]): void {
    const { host, compare } = this;
    this.open.show(
      panel,
      (onClose) => new ImagesPanel({ ...{ host, panel, places, compare }, onClose }),
    );
  }
}
