import { join } from 'node:path';

import type * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import { onDidChangeSettings } from '../host/settings';
import { settings, type customEditors, type pages } from '../ids';
import type { ArtifactAddress } from '../mlflow/artifactAddress';
import { TablesClient } from '../tables/tablesClient';
import { ComparePanels } from './comparePanels';
import { ImagesPanels } from './imagesPanels';
import type { OpenPage, PageKind } from './openPages';
import type { PanelsHost } from './panelsHost';
import { PicturesPanels } from './picturesPanels';
import { Previews } from './previews';
import { RunPanels } from './runPanels';
import { RunsPanels } from './runsPanels';
import { VersionPanels } from './versionPanels';
import { VersionsPanels } from './versionsPanels';
import { TablesPanels } from './tablesPanels';
import { discardUnfinished } from './targetFile';

/** The pages that are open; what the extension loads when the first is. */
export class Panels implements Disposable {
  readonly compared: ComparePanels;
  readonly runs: RunsPanels;
  readonly run: RunPanels;
  readonly version: VersionPanels;
  readonly versions: VersionsPanels;
  readonly images: ImagesPanels;
  readonly pictures: PicturesPanels;
  readonly tables: TablesPanels;
  private readonly heldTables: TablesClient;
  private readonly previews: Previews;
  private readonly kinds: Readonly<Record<keyof typeof pages, PageKind>>;
  private readonly following = onDidChangeSettings([settings.refreshInterval], () => {
    this.all.forEach((panel) => panel.restartRefreshing());
  });

  constructor(host: PanelsHost) {
    const comparePictures = (pictures: readonly ArtifactAddress[]): void =>
      this.pictures.compare(pictures);
    this.compared = new ComparePanels(host, comparePictures);
    this.runs = new RunsPanels(host);
    this.run = new RunPanels(host);
    const openRun = this.run.openRun.bind(this.run);
    this.version = new VersionPanels(host, openRun);
    this.versions = new VersionsPanels(host, this.version.openVersion.bind(this.version));
    this.images = new ImagesPanels(host, comparePictures);
    this.pictures = new PicturesPanels(host);
    const worker = join(host.extensionUri.fsPath, 'dist', 'tableWorker.js');
    this.heldTables = new TablesClient(worker, host.log);
    this.tables = new TablesPanels(host, this.heldTables);
    this.previews = new Previews(host, this.heldTables);
    this.kinds = {
      compare: this.compared,
      runs: this.runs,
      run: this.run,
      version: this.version,
      versions: this.versions,
      images: this.images,
      pictures: this.pictures,
      tables: this.tables,
    };
  }

  get all(): readonly OpenPage[] {
    return Object.values(this.kinds).flatMap(({ all }) => all);
  }

  /** Fills a panel of a former session again. */
  restore(kind: keyof typeof pages, panel: vscode.WebviewPanel, state: unknown): void {
    this.kinds[kind].restore(panel, state);
  }

  /** Fills an editor with our own view of an artifact; without an address it says that there is none. */
  preview(
    kind: keyof typeof customEditors,
    panel: vscode.WebviewPanel,
    address: ArtifactAddress | undefined,
  ): void {
    this.previews.show(kind, panel, address);
  }

  dispose(): void {
    this.previews.dispose();
    this.following.dispose();
    Object.values(this.kinds).forEach((kind) => kind.dispose());
    this.heldTables.dispose();
    discardUnfinished();
  }
}
