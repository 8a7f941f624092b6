import * as vscode from 'vscode';

import { keyOf, type ComparedPlace } from '../state/comparedRuns';
import { OpenPages, type PageKind } from './openPages';
import type { PanelsHost } from './panelsHost';
import { fromRestoreState } from './present/restoreState';
import { RunPanel } from './runPanel';

/** The pages of single runs. */
export class RunPanels implements PageKind {
  private readonly open: OpenPages<RunPanel, ComparedPlace>;

  constructor(host: PanelsHost) {
    const openRun = this.openRun.bind(this);
    this.open = new OpenPages(
      host,
      'run',
      (panel, place) => new RunPanel({ host, panel, place, openRun }),
    );
  }

  get all(): readonly RunPanel[] {
    return this.open.all;
  }

  /** Shows a run: in the page that does so already, else in a new one. */
  openRun(place: ComparedPlace): void {
    const title = vscode.l10n.t('Run: {0}', place.runId);
    this.open.show(place, title, (page) => keyOf(page.place) === keyOf(place));
  }

  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const [place] = fromRestoreState(state, 1) ?? [];
    const refusal = vscode.l10n.t(
      'What was kept of this page cannot be read, so it is not restored. Open the run anew from the Experiments view.',
    );
    this.open.restore(panel, place, refusal);
  }

  dispose(): void {
    this.open.dispose();
  }
}
