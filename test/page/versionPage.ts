import type { Browser } from 'playwright-core';
import type { ModelSummary } from '../../src/protocol/modelSummaryPage';
import type { Handlers } from '../../src/protocol/rpc';
import type { VersionInit, VersionPage, VersionView } from '../../src/protocol/versionPage';
import { fixtureTime } from './fixtures';
import { OpenedPage } from './openedPage';
import type { Served, ShownAs } from './openedPage';

type RequestHandlers = Handlers<VersionPage>['requests'];

/** What the page is opened with; what is not given answers as little as it may. */
export interface VersionPageOptions extends ShownAs {
  readonly init: VersionInit;
  readonly answers?: Partial<RequestHandlers>;
}

/** The built page of a version in a browser, with the extension's side in this process. */
export class VersionPageUnderTest extends OpenedPage<VersionPage> {
  static async open(browser: Browser, options: VersionPageOptions): Promise<VersionPageUnderTest> {
    const opened = new VersionPageUnderTest(...(await this.prepare(browser, options)));
    await opened.load(served(options.init, options.answers));
    return opened;
  }

  /** As VS Code does when the tab is shown again. */
  async reload(options: VersionPageOptions): Promise<void> {
    await this.loadAgain(served(options.init, options.answers));
  }
}

function served(init: VersionInit, answers: Partial<RequestHandlers> = {}): Served<VersionPage> {
  const nothing = (): Promise<undefined> => Promise.resolve(undefined);
  return {
    page: 'version',
    language: init.locale,
    requests: {
      init: () => Promise.resolve(init),
      open: nothing,
      openAddress: nothing,
      openFile: nothing,
      example: () => Promise.resolve('{"inputs": [[7.4, 0.7]]}'),
      act: nothing,
      openVersion: nothing,
      compareWith: nothing,
      copy: nothing,
      insert: () => Promise.resolve('serve.py'),
      retry: nothing,
      ...answers,
    },
    notices: ['failure'],
  };
}

/** What an `MLmodel` may say. */
export const modelSummary: ModelSummary = {
  flavors: [
    { name: 'python_function', facts: [{ key: 'loader_module', value: 'mlflow.sklearn' }] },
    { name: 'sklearn', facts: [{ key: 'sklearn_version', value: '1.5.2' }] },
  ],
  inputs: [
    { name: 'alcohol', type: 'double', isRequired: true },
    { name: 'color', type: 'string', isRequired: false },
  ],
  outputs: [{ name: '', type: 'float32 (-1, 1)', isRequired: true }],
  params: [{ name: 'temperature', type: 'float', isRequired: false, defaultValue: '0.5' }],
  signatureProblem: undefined,
  facts: [
    { key: 'MLflow', text: '3.17.2' },
    { key: 'Size', text: '1.4 MB', full: '1,468,006 bytes' },
  ],
  metadata: undefined,
  example: {
    file: { path: 'input_example.json', text: 'input_example.json' },
    type: 'dataframe',
    serving: undefined,
  },
  environment: [{ path: 'requirements.txt', text: 'requirements.txt' }],
  load: [],
};

/** A version of which everything is known. */
export function wholeVersion(more: Partial<VersionView> = {}): VersionInit {
  const view: VersionView = {
    name: 'CarSeat',
    version: '4',
    standing: 'ready',
    problem: undefined,
    facts: {
      status: 'ready',
      statusText: 'Ready',
      stage: 'Staging',
      aliases: ['champion', 'eu-fleet'],
      description: '# What it is\n\nRecalls **less**, see [the notes](https://notes.example/4).\n',
      user: 'ada',
      source: 'mlflow-artifacts:/2/4f/artifacts/model',
      creationTime: fixtureTime,
      lastUpdatedTime: fixtureTime + 3_600_000,
      tags: [
        { key: 'validated', text: 'yes' },
        { key: 'note', text: 'two\nlines' },
      ],
    },
    production: { kind: 'ready', value: ['3'] },
    run: {
      kind: 'ready',
      value: {
        link: { key: 'run 4f', text: 'bold-cat', hint: '4f' },
        runId: '4f',
        experimentName: 'lab',
        startTime: fixtureTime,
        isDeleted: false,
      },
    },
    logged: { kind: 'ready', value: { key: 'model m-1', text: 'seat', hint: 'models:/m-1' } },
    model: { kind: 'ready', value: modelSummary },
    code: [
      {
        uri: 'models:/CarSeat/4',
        code: 'import mlflow\n\nmodel = mlflow.pyfunc.load_model("models:/CarSeat/4")\n',
      },
      {
        uri: 'models:/CarSeat@champion',
        code: 'import mlflow\n\nmodel = mlflow.pyfunc.load_model("models:/CarSeat@champion")\n',
      },
    ],
    readAt: fixtureTime,
    ...more,
  };
  return { texts: undefined, locale: 'en', restore: { version: 1 }, view };
}
