import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import { toAddressParts, type ArtifactAddress } from '../mlflow/artifactAddress';
import type { Handlers } from '../protocol/rpc';
import type { TablesInit, TablesPage } from '../protocol/tablesPage';
import { ArtifactSource } from '../state/artifactSource';
import { TableError } from '../tables/tableError';
import type { TablesClient } from '../tables/tablesClient';
import type { OpenPage } from './openPages';
import { Page } from './page';
import { PageTroubles } from './pageTroubles';
import type { PanelsHost } from './panelsHost';
import { toTablesState } from './present/restoreTables';
import { copyText } from './saveFile';
import { TableFile } from './tableFile';
import { tableSentence } from './tableSentence';

export interface TablesPanelOptions {
  readonly host: PanelsHost;
  readonly tables: TablesClient;
  readonly panel: vscode.WebviewPanel;
  readonly addresses: readonly [ArtifactAddress, ArtifactAddress];
}

/** Comparisons are told apart by these in the worker. */
let lastComparison = 0;

/** The extension's side of a page that compares two tables. */
export class TablesPanel implements OpenPage {
  private readonly troubles: PageTroubles;
  private readonly files: readonly [TableFile, TableFile];
  private readonly page: Page<TablesPage>;
  private readonly comparison = ++lastComparison;
  private readonly following: readonly Disposable[];

  constructor(private readonly options: TablesPanelOptions) {
    const { host, panel, tables, addresses } = options;
    this.troubles = new PageTroubles(host, 'tables');
    const source = new ArtifactSource(host.sessions);
    const sentence = (error: unknown): string => tableSentence(host, error);
    const fileOf = (address: ArtifactAddress): TableFile =>
      new TableFile({ address, source, tables, sentence });
    this.files = [fileOf(addresses[0]), fileOf(addresses[1])];
    this.page = new Page<TablesPage>(panel, {
      name: 'table',
      extensionUri: host.extensionUri,
      handlers: this.handlers,
      encodeError: (error) =>
        error instanceof TableError
          ? { sentence: tableSentence(host, error) }
          : this.troubles.failure(error),
      onVisible: () => undefined,
    });
    const tell = (): void => this.page.emit('progress', this.progress);
    this.following = this.files.map((file) => file.onDidChange(tell));
  }

  get webviewPanel(): vscode.WebviewPanel {
    return this.options.panel;
  }

  /** Whether exactly these two are compared. */
  compares(addresses: readonly ArtifactAddress[]): boolean {
    return JSON.stringify(this.options.addresses) === JSON.stringify(addresses);
  }

  dispose(): void {
    this.following.forEach((each) => each.dispose());
    this.page.dispose();
    const { remote } = this.files[0];
    if (remote !== undefined) this.closeComparison();
    this.files.forEach((file) => file.dispose());
  }

  private readonly handlers: Handlers<TablesPage> = {
    requests: {
      init: () => Promise.resolve(this.init()),
      compare: async ({ key }, signal) => {
        const [first, second] = this.files;
        const tables = [first.remote?.id, second.remote?.id];
        const client = first.remote?.client();
        const [one, other] = tables;
        if (client === undefined || one === undefined || other === undefined) {
          throw new TableError('bytes');
        }
        const { comparison } = this;
        return client.call('compare', { comparison, tables: [one, other], key }, signal);
      },
      window: async (area, signal) => {
        const { comparison } = this;
        return this.files[0].remote?.client().call('comparedWindow', { comparison, area }, signal);
      },
      copy: copyText,
      read: () => {
        this.files.forEach((file) => void file.read({}));
        return Promise.resolve(undefined);
      },
    },
    notices: { failure: (text) => this.troubles.note(text) },
  };

  private get progress(): TablesPage['events']['progress'] {
    return [this.files[0].progress, this.files[1].progress];
  }

  private init(): TablesInit {
    const { addresses } = this.options;
    setImmediate(() => this.files.forEach((file) => file.begin()));
    const fileOf = (which: 0 | 1): TablesInit['files'][0] => ({
      owner: addresses[which].ownerName,
      path: addresses[which].place.path,
      progress: this.files[which].progress,
    });
    return {
      texts: vscode.l10n.bundle,
      locale: vscode.env.language,
      restore: toTablesState(addresses.map((address) => toAddressParts(address))),
      files: [fileOf(0), fileOf(1)],
    };
  }

  private closeComparison(): void {
    try {
      this.files[0].remote?.client().notify('closeComparison', { comparison: this.comparison });
    } catch {
      // The worker has ended, and with it what it held.
    }
  }
}
