import type { Browser } from 'playwright-core';
import type { Handlers } from '../../src/protocol/rpc';
import type { TableArea, TablePage, TableProgress } from '../../src/protocol/tablePage';
import { TableError } from '../../src/tables/tableError';
import type { TableFormat } from '../../src/tables/tableProtocol';
import { TableServer } from '../../src/tables/tableServer';
import { OpenedPage, Refused } from './openedPage';
import type { Served, ShownAs } from './openedPage';

/** What a table is opened with. */
export interface TablePageOptions extends ShownAs {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly format?: TableFormat;
  readonly progress?: Partial<TableProgress>;
  readonly texts?: Readonly<Record<string, string>>;
  readonly locale?: string;
}

const table = 1;

/** The built table page in a browser; what holds the table is the worker's own code, in this process. */
export class TablePageUnderTest extends OpenedPage<TablePage> {
  private options: TablePageOptions | undefined;
  private readonly tables = new TableServer(() => undefined);
  private signal = new AbortController().signal;
  private now: TableProgress | undefined;

  static async open(browser: Browser, options: TablePageOptions): Promise<TablePageUnderTest> {
    const opened = new TablePageUnderTest(...(await OpenedPage.prepare(browser, options)));
    opened.options = options;
    await opened.begin(options);
    await opened.load(opened.served(options));
    return opened;
  }

  /** Loads the page anew, as VS Code does when a tab is shown again: what it kept with `setState` stays. */
  async reload(): Promise<void> {
    if (this.options === undefined) return;
    await this.begin(this.options);
    await this.loadAgain(this.served(this.options));
  }

  /** More of the file comes, or all of it. */
  async grow(content: string, standing: TableProgress['standing']): Promise<void> {
    const piece = new TextEncoder().encode(content);
    const { requests } = this.tables.handlers;
    const added = await requests.add({ table, piece, size: undefined }, this.signal);
    const { facts } = added as { facts: TableProgress['facts'] };
    this.now = { ...this.now!, facts, standing };
    this.emit('progress', this.now);
  }

  private async begin({
    content,
    format = 'text',
    name,
    progress,
  }: TablePageOptions): Promise<void> {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const { requests } = this.tables.handlers;
    await requests.open({ table, format, name, options: {} }, this.signal);
    const piece = new Uint8Array(bytes);
    const size = bytes.length;
    const added = await requests.add({ table, piece, size }, this.signal);
    const isWhole = (progress?.standing ?? 'complete') === 'complete';
    const { facts } = added as { facts: TableProgress['facts'] };
    const ended = isWhole
      ? ((await requests.end({ table, whole: true }, this.signal)) as TableProgress['facts'])
      : facts;
    const { columns = facts.columns } = ended;
    this.now = {
      ...{ facts: { ...ended, columns }, standing: 'complete', read: size, size },
      ...{ problem: undefined, ...progress },
    };
  }

  private served({ name, locale = 'en', texts }: TablePageOptions): Served<TablePage> {
    const { requests } = this.tables.handlers;
    const nothing = async (): Promise<undefined> => undefined;
    const answers: Handlers<TablePage>['requests'] = {
      init: async () => ({ texts, locale, name, progress: this.now! }),
      arrange: async (asked, signal) => {
        try {
          return await requests.arrange({ table, ...asked, locale }, signal);
        } catch (error) {
          if (!(error instanceof TableError) || error.mistake === undefined) throw error;
          const refusal = { sentence: 'The filter cannot be read.', mistake: error.mistake };
          throw new Refused(refusal);
        }
      },
      window: (area: TableArea, signal) => requests.window({ table, area }, signal),
      summary: ({ column }, signal) => requests.summary({ table, column }, signal),
      cell: (asked, signal) => requests.cell({ table, ...asked }, signal),
      copy: async ({ header, ...area }, signal) => {
        const copied = await requests.copy({ table, area, header }, signal);
        const { text, rows } = copied as { text: string; rows: number };
        this.said.push({ name: 'copied', value: text });
        return rows;
      },
      read: nothing,
      download: nothing,
    };
    return {
      ...{ page: 'table', language: locale, requests: answers },
      notices: ['stop', 'openAsText', 'failure'],
    };
  }
}
