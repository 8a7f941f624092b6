import * as vscode from 'vscode';

import { fromAddressParts, type ArtifactAddress } from '../mlflow/artifactAddress';
import { toOneLine } from '../mlflow/format';
import type { TablesClient } from '../tables/tablesClient';
import { OpenPages, type PageKind } from './openPages';
import type { PanelsHost } from './panelsHost';
import { fromTablesState } from './present/restoreTables';
import { TablesPanel } from './tablesPanel';

type Pair = readonly [ArtifactAddress, ArtifactAddress];

/** The pages that compare two tables. */
export class TablesPanels implements PageKind {
  private readonly open: OpenPages<TablesPanel, Pair>;

  constructor(host: PanelsHost, tables: TablesClient) {
    this.open = new OpenPages(
      host,
      'tables',
      (panel, addresses) => new TablesPanel({ host, tables, panel, addresses }),
    );
  }

  get all(): readonly TablesPanel[] {
    return this.open.all;
  }

  /** Shows how two tables differ: in the page that does so already, else in a new one. */
  compare(first: ArtifactAddress, second: ArtifactAddress): void {
    this.open.show([first, second], titleOf(first), (page) => page.compares([first, second]));
  }

  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const [first, second] = (fromTablesState(state) ?? []).map((parts) =>
      fromAddressParts({ ...parts, query: '' }),
    );
    const refusal = vscode.l10n.t(
      'What was kept of this page cannot be read, so it is not restored. Compare the artifacts anew.',
    );
    this.open.restore(panel, first && second && [first, second], refusal);
  }

  dispose(): void {
    this.open.dispose();
  }
}

function titleOf({ place }: ArtifactAddress): string {
  const name = place.path.slice(place.path.lastIndexOf('/') + 1);
  return vscode.l10n.t('Compare: {0}', toOneLine(name, 60));
}
