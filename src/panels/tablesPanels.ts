import * as vscode from 'vscode';

import { pages } from '../ids';
import { fromAddressParts, type ArtifactAddress } from '../mlflow/artifactAddress';
import { toOneLine } from '../mlflow/format';
import type { TablesClient } from '../tables/tablesClient';
import { OpenPages, type PageKind } from './openPages';
import type { PanelsHost } from './panelsHost';
import { fromTablesState } from './present/restoreTables';
import { TablesPanel } from './tablesPanel';

/** The pages that compare two tables. */
export class TablesPanels implements PageKind {
  private readonly open: OpenPages<TablesPanel>;

  constructor(
    private readonly host: PanelsHost,
    private readonly tables: TablesClient,
  ) {
    this.open = new OpenPages(host, 'tables');
  }

  get all(): readonly TablesPanel[] {
    return this.open.all;
  }

  /** Shows how two tables differ: in the page that does so already, else in a new one. */
  compare(first: ArtifactAddress, second: ArtifactAddress): void {
    const existing = this.all.find((page) => page.compares([first, second]));
    if (existing !== undefined) {
      existing.webviewPanel.reveal();
      return;
    }
    const column = vscode.ViewColumn.Active;
    const title = titleOf(first);
    this.show(vscode.window.createWebviewPanel(pages.tables, title, column), [first, second]);
  }

  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const [first, second] = (fromTablesState(state) ?? []).map((parts) =>
      fromAddressParts({ ...parts, query: '' }),
    );
    if (first === undefined || second === undefined) {
      const sentence = vscode.l10n.t(
        'What was kept of this page cannot be read, so it is not restored. Compare the artifacts anew.',
      );
      this.open.refuse(panel, sentence);
      return;
    }
    this.show(panel, [first, second]);
  }

  dispose(): void {
    this.open.dispose();
  }

  private show(
    panel: vscode.WebviewPanel,
    addresses: readonly [ArtifactAddress, ArtifactAddress],
  ): void {
    const { host, tables } = this;
    this.open.show(
      panel,
      (onClose) => new TablesPanel({ host, tables, panel, addresses, onClose }),
    );
  }
}

function titleOf({ place }: ArtifactAddress): string {
  const name = place.path.slice(place.path.lastIndexOf('/') + 1);
  return vscode.l10n.t('Compare: {0}', toOneLine(name, 60));
}
