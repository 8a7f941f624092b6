import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import { onDidChangeSettings } from '../host/settings';
import { pages, settings } from '../ids';
import type { Experiment } from '../mlflow/model';
import { distinctPlaces, mostCompared, type ComparedPlace } from '../state/comparedRuns';
import type { Session } from '../state/session';
import { ComparePanel } from './comparePanel';
import type { PanelsHost } from './panelsHost';
import { pickMore, pickRuns } from './pickRuns';
import { messageHtml } from './present/pageHtml';
import { fromRestoreState } from './present/restoreState';
import { discardUnfinished } from './targetFile';
import { tooMany } from './tooMany';

/** The pages that are open; what the extension loads when the first is. */
export class Panels implements Disposable {
  private readonly open = new Set<ComparePanel>();
  private readonly following = onDidChangeSettings([settings.refreshInterval], () => {
    this.open.forEach((panel) => panel.restartRefreshing());
  });

  constructor(private readonly host: PanelsHost) {}

  get all(): readonly ComparePanel[] {
    return [...this.open];
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

  /** Fills a panel of a former session again. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const places = fromRestoreState(state, mostCompared);
    if (places === undefined) {
      this.host.log.warn('a page was not restored: what was kept of it cannot be read');
      const sentence = vscode.l10n.t(
        'What was kept of this page cannot be read, so it is not restored. Select runs in the Experiments view and compare them anew.',
      );
      panel.webview.html = messageHtml(vscode.env.language, panel.title, sentence);
      return;
    }
    this.show(panel, distinctPlaces(places));
  }

  dispose(): void {
    this.following.dispose();
    this.open.forEach((panel) => panel.dispose());
    discardUnfinished();
  }

  private show(panel: vscode.WebviewPanel, places: readonly ComparedPlace[]): void {
    const { host } = this;
    const icon = (theme: string): vscode.Uri =>
      vscode.Uri.joinPath(host.extensionUri, 'media', `compare-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    const shown: ComparePanel = new ComparePanel({
      host,
      panel,
      places,
      chooseMore: (present) => pickMore(host.sessions, present, host.explain),
      others: () => this.all.filter(({ webviewPanel }) => webviewPanel !== panel),
      onClose: () => this.open.delete(shown),
    });
    this.open.add(shown);
  }
}
