import * as vscode from 'vscode';

import { pages } from '../ids';
import type { ArtifactAddress } from '../mlflow/artifactAddress';
import type { Experiment } from '../mlflow/model';
import { distinctPlaces, mostCompared, type ComparedPlace } from '../state/comparedRuns';
import type { Session } from '../state/session';
import { ComparePanel } from './comparePanel';
import { OpenPages, type PageKind } from './openPages';
import type { PanelsHost } from './panelsHost';
import { pickMore, pickRuns } from './pickRuns';
import { fromRestoreState } from './present/restoreState';
import { tooMany } from './tooMany';

/** The pages that compare runs. */
export class ComparePanels implements PageKind {
  private readonly open: OpenPages<ComparePanel>;

  constructor(
    private readonly host: PanelsHost,
    private readonly comparePictures: (pictures: readonly ArtifactAddress[]) => void,
  ) {
    this.open = new OpenPages(host, 'compare');
  }

  get all(): readonly ComparePanel[] {
    return this.open.all;
  }

  /** Shows these runs side by side: in the page that does so already, else in a new one. */
  compare(places: readonly ComparedPlace[]): Promise<void> {
    const distinct = distinctPlaces(places);
    if (distinct.length > mostCompared) {
      return Promise.reject(tooMany(distinct.length));
    }
    const existing = this.all.find((panel) => panel.compares(distinct));
    if (existing !== undefined) {
      existing.webviewPanel.reveal();
      return Promise.resolve();
    }
    const title = vscode.l10n.t('Compare: {0} runs', distinct.length);
    this.show(
      vscode.window.createWebviewPanel(pages.compare, title, vscode.ViewColumn.Active),
      distinct,
    );
    return Promise.resolve();
  }

  /** Lets a person choose runs of an experiment, `chosen` at first, and shows these side by side. */
  async chooseAndCompare(
    session: Session,
    experiment: Experiment,
    chosen: readonly ComparedPlace[],
  ): Promise<void> {
    const places = await pickRuns({
      session,
      experiment,
      chosen,
      fewest: 2,
      explain: this.host.explain,
    });
    if (places.length > 0) {
      await this.compare(places);
    }
  }

  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const places = fromRestoreState(state, mostCompared);
    if (places === undefined) {
      const sentence = vscode.l10n.t(
        'What was kept of this page cannot be read, so it is not restored. Select runs in the Experiments view and compare them anew.',
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
    const { host } = this;
    this.open.show(
      panel,
      (onClose) =>
        new ComparePanel({
          host,
          panel,
          places,
          chooseMore: (present) => pickMore(host.sessions, present, host.explain),
          comparePictures: this.comparePictures,
          others: () => this.all.filter(({ webviewPanel }) => webviewPanel !== panel),
          onClose,
        }),
    );
  }
}
