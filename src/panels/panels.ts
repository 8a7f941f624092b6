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
import type { RegistryPages } from './registryPages';
import { RunsPanels } from './runsPanels';
import { TablesPanels } from './tablesPanels';
import { discardUnfinished } from './targetFile';

/** Kinds of pages of registered models. */
type RegistryKind = 'version' | 'versions';

/** The pages that are open; what the extension loads when the first is. */
export class Panels implements Disposable {
  readonly compared: ComparePanels;
  readonly runs: RunsPanels;
  readonly run: RunPanels;
  readonly images: ImagesPanels;
  readonly pictures: PicturesPanels;
  readonly tables: TablesPanels;
  private readonly heldTables: TablesClient;
  private readonly previews: Previews;
  private readonly kinds: Readonly<Record<Exclude<keyof typeof pages, RegistryKind>, PageKind>>;
  private registryPages: RegistryPages | undefined;
  private loading: Promise<RegistryPages> | undefined;
  private readonly following = onDidChangeSettings([settings.refreshInterval], () => {
    this.all.forEach((panel) => panel.restartRefreshing?.());
  });

  constructor(private readonly host: PanelsHost) {
    const comparePictures = (pictures: readonly ArtifactAddress[]): void =>
      this.pictures.compare(pictures);
    this.compared = new ComparePanels(host, comparePictures);
    this.runs = new RunsPanels(host);
    this.run = new RunPanels(host);
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
      images: this.images,
      pictures: this.pictures,
      tables: this.tables,
    };
  }

  get all(): readonly OpenPage[] {
    const ofRuns = Object.values(this.kinds).flatMap(({ all }) => all);
    return [...ofRuns, ...(this.registryPages?.all ?? [])];
  }

  /** The pages of registered models, whose code is read when the first of them is shown or restored. */
  registry(): Promise<RegistryPages> {
    this.loading ??= import('./registryPages').then(({ RegistryPages }) => {
      this.registryPages = new RegistryPages(this.host, this.run.openRun.bind(this.run));
      return this.registryPages;
    });
    return this.loading;
  }

  /** Fills a panel of a former session again. */
  async restore(
    kind: keyof typeof pages,
    panel: vscode.WebviewPanel,
    state: unknown,
  ): Promise<void> {
    const shown = isRegistryKind(kind) ? (await this.registry())[kind] : this.kinds[kind];
    shown.restore(panel, state);
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
    void this.loading?.then((registry) => registry.dispose());
    this.heldTables.dispose();
    discardUnfinished();
  }
}

function isRegistryKind(kind: keyof typeof pages): kind is RegistryKind {
  return kind === 'version' || kind === 'versions';
}
