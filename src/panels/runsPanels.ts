import * as vscode from 'vscode';

import type { SaveOutcome } from '../protocol/comparePage';
import type { TableQuery } from '../state/tableQuery';
import { exportRuns } from './exportRuns';
import { OpenPages, type PageKind } from './openPages';
import type { PanelsHost } from './panelsHost';
import { fromTableState } from './present/restoreTable';
import { RunsPanel } from './runsPanel';
import { experimentKey, type TablePlace } from './tableExperiments';
import { tableTitle } from './tableTitle';

/** The pages that show runs in tables. */
export class RunsPanels implements PageKind {
  private readonly open: OpenPages<RunsPanel, readonly TablePlace[]>;

  constructor(private readonly host: PanelsHost) {
    this.open = new OpenPages(
      host,
      'runs',
      (panel, places) => new RunsPanel({ host, panel, places }),
    );
  }

  get all(): readonly RunsPanel[] {
    return this.open.all;
  }

  /** Shows the runs of these experiments: in the page that does so already, else in a new one. */
  show(places: readonly TablePlace[]): void {
    const distinct = [...new Map(places.map((place) => [experimentKey(place), place])).values()];
    const scope = scopeOf(distinct);
    this.open.show(distinct, tableTitle(distinct), (page) => scopeOf(page.places) === scope);
  }

  /** Asks where to and writes all runs that the query finds. */
  exportRuns(places: readonly TablePlace[], query: TableQuery): Promise<SaveOutcome> {
    return exportRuns(this.host.sessions, places, query);
  }

  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const refusal = vscode.l10n.t(
      'What was kept of this page cannot be read, so it is not restored. Open the table anew from the Experiments view.',
    );
    this.open.restore(panel, fromTableState(state), refusal);
  }

  dispose(): void {
    this.open.dispose();
  }
}

function scopeOf(places: readonly TablePlace[]): string {
  return places.map(experimentKey).sort().join(' ');
}
