import * as vscode from 'vscode';

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
  private readonly open: OpenPages<ComparePanel, readonly ComparedPlace[]>;

  constructor(
    private readonly host: PanelsHost,
    comparePictures: (pictures: readonly ArtifactAddress[]) => void,
  ) {
    this.open = new OpenPages(
      host,
      'compare',
      (panel, places) =>
        new ComparePanel({
          ...{ host, panel, places, comparePictures },
          chooseMore: (present) => pickMore(host.sessions, present, host.explain),
          others: () => this.all.filter(({ webviewPanel }) => webviewPanel !== panel),
        }),
    );
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
    const title = vscode.l10n.t('Compare: {0} runs', distinct.length);
    this.open.show(distinct, title, (page) => page.compares(distinct));
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
    const refusal = vscode.l10n.t(
      'What was kept of this page cannot be read, so it is not restored. Select runs in the Experiments view and compare them anew.',
    );
    this.open.restore(panel, places && distinctPlaces(places), refusal);
  }

  dispose(): void {
    this.open.dispose();
  }
}
