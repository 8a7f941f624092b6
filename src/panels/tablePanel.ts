import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import { artifactUri } from '../host/artifactUri';
import { commands } from '../ids';
import type { Handlers } from '../protocol/rpc';
import type { TableInit, TablePage, TableProgress, TableRefusal } from '../protocol/tablePage';
import { ArtifactSource } from '../state/artifactSource';
import { TableError } from '../tables/tableError';
import type { TablesClient } from '../tables/tablesClient';
import { done } from './done';
import { Page } from './page';
import { PageTroubles } from './pageTroubles';
import type { PreviewOptions } from './previews';
import { copyText } from './saveFile';
import { TableFile } from './tableFile';
import { tableSentence } from './tableSentence';

/** The extension's side of an editor that shows an artifact as a table. */
export class TablePanel implements Disposable {
  private readonly troubles: PageTroubles;
  private readonly file: TableFile;
  private readonly page: Page<TablePage>;
  private toldColumns = -1;

  constructor(
    private readonly options: PreviewOptions,
    tables: TablesClient,
  ) {
    const { host, panel, address } = options;
    this.troubles = new PageTroubles(host, 'table');
    this.file = new TableFile({
      ...{ address, tables, source: new ArtifactSource(host.sessions) },
      sentence: (error) => this.sentence(error),
    });
    this.page = new Page<TablePage>(panel, {
      name: 'table',
      extensionUri: host.extensionUri,
      handlers: this.handlers,
      encodeError: (error) => this.refusal(error),
      onVisible: () => undefined,
    });
    this.file.onDidChange((progress) => this.page.emit('progress', this.brief(progress)));
  }

  dispose(): void {
    this.page.dispose();
    this.file.dispose();
  }

  private readonly handlers: Handlers<TablePage> = {
    requests: {
      init: () => Promise.resolve(this.init()),
      arrange: (asked, signal) =>
        this.file.ask('arrange', { ...asked, locale: vscode.env.language }, signal),
      window: (area, signal) => this.file.ask('window', { area }, signal),
      summary: ({ column }, signal) => this.file.ask('summary', { column }, signal),
      cell: (asked, signal) => this.file.ask('cell', asked, signal),
      copy: async ({ header, ...area }, signal) => {
        const { text, rows } = await this.file.ask('copy', { area, header }, signal);
        await copyText(text);
        return rows;
      },
      read: (options) => {
        void this.file.read(options);
        return Promise.resolve(undefined);
      },
      download: () => done(vscode.commands.executeCommand(commands.downloadArtifacts, this.uri)),
    },
    notices: {
      stop: () => this.file.stop(),
      openAsText: () => void vscode.commands.executeCommand(commands.openAsText, this.uri),
      failure: (text) => this.troubles.note(text),
    },
  };

  private get uri(): vscode.Uri {
    return artifactUri(this.options.address);
  }

  private init(): TableInit {
    const { path } = this.options.address.place;
    setImmediate(() => this.file.begin());
    const { progress } = this.file;
    this.toldColumns = progress.facts.columnsRevision;
    return {
      texts: vscode.l10n.bundle,
      locale: vscode.env.language,
      name: path.slice(path.lastIndexOf('/') + 1),
      progress,
    };
  }

  /** Columns are told when they are others. */
  private brief(progress: TableProgress): TableProgress {
    const { facts } = progress;
    const isKnown = facts.columnsRevision === this.toldColumns;
    this.toldColumns = facts.columnsRevision;
    return isKnown ? { ...progress, facts: { ...facts, columns: undefined } } : progress;
  }

  private sentence(error: unknown): string {
    const { host } = this.options;
    host.log.error(`table page: ${String(error)}`);
    return tableSentence(host, error);
  }

  private refusal(error: unknown): TableRefusal {
    if (error instanceof TableError) {
      const { mistake } = error;
      const sentence = tableSentence(this.options.host, error);
      return { sentence, ...(mistake && { mistake }) };
    }
    return this.troubles.failure(error);
  }
}
