import type { Browser } from 'playwright-core';
import type { CompareInit, ComparePage } from '../../src/protocol/comparePage';
import type { Handlers } from '../../src/protocol/rpc';
import { seriesOf } from './chartSeries';
import { OpenedPage } from './openedPage';
import type { Served, ShownAs } from './openedPage';

export { eventually } from './openedPage';

type RequestHandlers = Handlers<ComparePage>['requests'];

/** What a page is opened with; what is not given answers as little as it may. */
export interface PageOptions extends ShownAs {
  readonly init: CompareInit;
  /** Answers of the extension's side, in the test's own process. */
  readonly answers?: Partial<RequestHandlers>;
}

/** The built compare page in a browser, with the extension's side in this process. */
export class PageUnderTest extends OpenedPage<ComparePage> {
  private options: PageOptions | undefined;

  static async open(browser: Browser, options: PageOptions): Promise<PageUnderTest> {
    const opened = new PageUnderTest(...(await OpenedPage.prepare(browser, options)));
    opened.options = options;
    await opened.load(served(options, options.init));
    return opened;
  }

  /** Loads the page anew, as VS Code does when a tab is shown again: what it kept with `setState` stays. */
  async reload(init: Partial<CompareInit> = {}): Promise<void> {
    const { options } = this;
    if (options) await this.loadAgain(served(options, { ...options.init, ...init }));
  }
}

function served({ answers }: PageOptions, init: CompareInit): Served<ComparePage> {
  return {
    page: 'compare',
    language: init.locale,
    requests: {
      init: async () => init,
      series: async () => seriesOf([]),
      exportHistories: async () => 'saved',
      save: async () => 'saved',
      copy: async () => undefined,
      addRuns: async () => undefined,
      retry: async () => undefined,
      images: async () => ({ images: [], isCut: false }),
      picture: async () => new Uint8Array(),
      openPicture: async () => undefined,
      comparePictures: async () => undefined,
      ...answers,
    },
    notices: ['layout', 'live', 'removeRuns', 'reveal', 'failure'],
  };
}
