import type { Browser } from 'playwright-core';
import type { Handlers } from '../../src/protocol/rpc';
import type { TableFacts, TableProgress } from '../../src/protocol/tablePage';
import type { TablesPage } from '../../src/protocol/tablesPage';
import { TableServer } from '../../src/tables/tableServer';
import { OpenedPage } from './openedPage';
import type { ShownAs } from './openedPage';

/** Two tables that are compared. */
export interface TablesPageOptions extends ShownAs {
  readonly first: string;
  readonly second: string;
  readonly progress?: Partial<TableProgress>;
}

/** The built page that compares tables, in a browser; what compares them is the worker's own code, in this process. */
export class TablesPageUnderTest extends OpenedPage<TablesPage> {
  private readonly tables = new TableServer(() => undefined);

  static async open(browser: Browser, options: TablesPageOptions): Promise<TablesPageUnderTest> {
    const opened = new TablesPageUnderTest(...(await OpenedPage.prepare(browser, options)));
    const progress = [await opened.held(1, options.first), await opened.held(2, options.second)];
    const fileOf = (at: number) => ({
      owner: at === 0 ? 'bold-cat' : 'calm-elk',
      path: 'eval/scores.csv',
      progress: { ...progress[at]!, ...(at === 1 && options.progress) },
    });
    await opened.load({
      ...{ page: 'table', language: 'en', notices: ['failure'] },
      requests: {
        ...opened.answers(),
        init: async () => ({
          ...{ texts: undefined, locale: 'en', restore: { version: 1 } },
          files: [fileOf(0), fileOf(1)],
        }),
      },
    });
    return opened;
  }

  private async held(table: number, content: string): Promise<TableProgress> {
    const { requests } = this.tables.handlers;
    const { signal } = new AbortController();
    await requests.open({ table, format: 'text', name: 'scores.csv', options: {} }, signal);
    const piece = new TextEncoder().encode(content);
    await requests.add({ table, piece, size: piece.length }, signal);
    const facts = (await requests.end({ table, whole: true }, signal)) as TableFacts;
    return { facts, standing: 'complete', read: 1, size: 1, problem: undefined };
  }

  private answers(): Omit<Handlers<TablesPage>['requests'], 'init'> {
    const { requests } = this.tables.handlers;
    return {
      compare: ({ key }, signal) =>
        requests.compare({ comparison: 1, tables: [1, 2], key }, signal),
      window: (area, signal) => requests.comparedWindow({ comparison: 1, area }, signal),
      copy: async () => undefined,
      read: async () => undefined,
    };
  }
}
