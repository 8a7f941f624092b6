import type { Browser } from 'playwright-core';
import type { Handlers } from '../../src/protocol/rpc';
import type { RunsInit, RunsPage } from '../../src/protocol/runsPage';
import type { RunFacts } from '../support/tableRuns';
import { rowsOf } from '../support/tableRuns';
import { OpenedPage } from './openedPage';
import type { Served, ShownAs } from './openedPage';

type RequestHandlers = Handlers<RunsPage>['requests'];

/** What a table of runs is opened with; what is not given answers as little as it may. */
export interface RunsPageOptions extends ShownAs {
  readonly init?: Partial<RunsInit>;
  /** What every reading finds, unless `answers` reads. */
  readonly runs?: readonly RunFacts[];
  readonly answers?: Partial<RequestHandlers>;
}

const init: RunsInit = {
  texts: undefined,
  locale: 'en',
  restore: { version: 1 },
  layout: undefined,
  views: [],
  experiments: [
    {
      key: 'lab',
      experimentId: '1',
      name: 'lab',
      connection: 'http://127.0.0.1:5000',
      primaryMetric: undefined,
    },
  ],
  exactExtremes: true,
  filterNull: false,
  live: false,
};

/** The built table of runs in a browser, with the extension's side in this process. */
export class RunsPageUnderTest extends OpenedPage<RunsPage> {
  private options: RunsPageOptions = {};
  private reading = 0;

  static async open(browser: Browser, options: RunsPageOptions = {}): Promise<RunsPageUnderTest> {
    const opened = new RunsPageUnderTest(...(await OpenedPage.prepare(browser, options)));
    opened.options = options;
    await opened.load(opened.served());
    return opened;
  }

  /** Loads the page anew, as VS Code does when a tab is shown again: what it kept with `setState` stays. */
  async reload(): Promise<void> {
    await this.loadAgain(this.served());
  }

  /** Tells of all runs of a reading at once. */
  tell(reading: number, runs: readonly RunFacts[]): void {
    this.emit('rows', { reading, ...rowsOf(runs) });
    this.emit('progress', {
      ...{ reading, found: runs.length, standing: 'complete' },
      ...{ problem: undefined, readAt: Date.now() },
    });
  }

  private served(): Served<RunsPage> {
    const read: RequestHandlers['read'] = async () => {
      const reading = ++this.reading;
      // The answer goes first.
      setTimeout(() => this.tell(reading, this.options.runs ?? []));
      return { reading };
    };
    const nothing = async (): Promise<undefined> => undefined;
    return {
      page: 'runs',
      language: this.options.init?.locale ?? 'en',
      requests: {
        init: async () => ({ ...init, ...this.options.init }),
        read,
        checkFilter: nothing,
        extremes: async ({ at }) => ({
          min: new Float64Array(at.length).fill(NaN),
          max: new Float64Array(at.length).fill(NaN),
          exact: new Uint8Array(at.length).fill(1),
        }),
        exportRuns: async () => 'saved',
        save: async () => 'saved',
        copy: nothing,
        saveView: async () => [],
        askViewName: nothing,
        act: nothing,
        ...this.options.answers,
      },
      notices: ['stop', 'layout', 'live', 'failure'],
    };
  }
}
