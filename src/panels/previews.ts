import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import type { customEditors } from '../ids';
import type { ArtifactAddress } from '../mlflow/artifactAddress';
import { mapPreview } from './mapPreview';
import { modelSummaryPreview } from './modelSummaryPreview';
import type { TablesClient } from '../tables/tablesClient';
import type { PanelsHost } from './panelsHost';
import { messageHtml } from './present/pageHtml';
import { reportPreview } from './reportPreview';
import { TablePanel } from './tablePanel';

type Kind = keyof typeof customEditors;

/** What a preview of an artifact is made of. */
export interface PreviewOptions {
  readonly host: PanelsHost;
  /** VS Code disposes of it when the editor is closed. */
  readonly panel: vscode.WebviewPanel;
  readonly address: ArtifactAddress;
}

/** Our own views of artifacts, in VS Code's editors: see `customEditors` of the manifest. */
export class Previews implements Disposable {
  private readonly open = new Set<Disposable>();
  private readonly makers: Readonly<Record<Kind, (options: PreviewOptions) => Disposable>> = {
    table: (options) => new TablePanel(options, this.tables),
    report: reportPreview,
    map: mapPreview,
    modelSummary: modelSummaryPreview,
  };

  constructor(
    private readonly host: PanelsHost,
    private readonly tables: TablesClient,
  ) {}

  show(kind: Kind, panel: vscode.WebviewPanel, address: ArtifactAddress | undefined): void {
    if (address === undefined) {
      const sentence = vscode.l10n.t('This is not the address of an artifact.');
      panel.webview.html = messageHtml(vscode.env.language, panel.title, sentence);
      return;
    }
    const preview = this.makers[kind]({ host: this.host, panel, address });
    this.open.add(preview);
    panel.onDidDispose(() => {
      this.open.delete(preview);
      preview.dispose();
    });
  }

  dispose(): void {
    this.open.forEach((preview) => preview.dispose());
  }
}
