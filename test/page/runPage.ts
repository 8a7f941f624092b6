import type { Browser } from 'playwright-core';
import type { RunDetails, RunInit, RunPage } from '../../src/protocol/runPage';
import type { Handlers } from '../../src/protocol/rpc';
import { seriesOf } from './chartSeries';
import { RunsFixture, fixtureTime } from './fixtures';
import type { RunDraft } from './fixtures';
import { OpenedPage } from './openedPage';
import type { Served, ShownAs } from './openedPage';

type RequestHandlers = Handlers<RunPage>['requests'];

/** What the page is opened with; what is not given answers as little as it may. */
export interface RunPageOptions extends ShownAs {
  readonly init: RunInit;
  readonly answers?: Partial<RequestHandlers>;
}

/** The built page of one run in a browser, with the extension's side in this process. */
export class RunPageUnderTest extends OpenedPage<RunPage> {
  static async open(browser: Browser, options: RunPageOptions): Promise<RunPageUnderTest> {
    const opened = new RunPageUnderTest(...(await this.prepare(browser, options)));
    await opened.load(served(options.init, options.answers));
    return opened;
  }

  /** As VS Code does when the tab is shown again. */
  async reload(options: RunPageOptions): Promise<void> {
    await this.loadAgain(served(options.init, options.answers));
  }
}

function served(init: RunInit, answers: Partial<RequestHandlers> = {}): Served<RunPage> {
  const nothing = (): Promise<undefined> => Promise.resolve(undefined);
  return {
    page: 'run',
    language: init.locale,
    requests: {
      init: () => Promise.resolve(init),
      series: () => Promise.resolve(seriesOf([])),
      extremes: ({ metrics }) =>
        Promise.resolve({
          min: new Float64Array(metrics.length),
          max: new Float64Array(metrics.length).fill(1),
          exact: new Uint8Array(metrics.length).fill(1),
        }),
      exportHistories: () => Promise.resolve('saved'),
      save: () => Promise.resolve('saved'),
      copy: nothing,
      artifacts: () => Promise.resolve([]),
      open: nothing,
      openAddress: nothing,
      artifact: nothing,
      retry: nothing,
      setTag: nothing,
      editNote: nothing,
      rename: nothing,
      restoreRun: nothing,
      model: nothing,
      commit: nothing,
      ...answers,
    },
    notices: ['layout', 'live', 'reveal', 'compare', 'showImages', 'failure'],
  };
}

/** Details of a run of which nothing is known but what is given. */
export function details(more: Partial<RunDetails> = {}): RunDetails {
  return {
    user: 'ada',
    artifactUri: 'mlflow-artifacts:/1/r/artifacts',
    note: '',
    endTime: fixtureTime + 3_600_000,
    source: {
      name: '',
      link: undefined,
      commit: '',
      hasCommit: false,
      branch: '',
      repository: { name: '', link: undefined },
    },
    datasets: [],
    parent: undefined,
    children: { kind: 'ready', value: [] },
    hasMoreChildren: false,
    models: { kind: 'ready', value: [] },
    snippet: '',
    ...more,
  };
}

/** What a page of a run starts with. */
export function runInit(draft: RunDraft, more: Partial<RunInit> = {}): RunInit {
  const fixture = new RunsFixture(draft);
  return {
    texts: undefined,
    locale: 'en',
    restore: { version: 1 },
    layout: undefined,
    run: fixture.runs[0]!,
    details: details(),
    metricKeys: fixture.metricKeys,
    sampledPoints: 2500,
    live: true,
    readAt: fixtureTime,
    readOnly: undefined,
    ...more,
  };
}

/** A run of which everything is known. */
export function wholeRun(draft: RunDraft = {}, more: Partial<RunDetails> = {}): RunInit {
  return runInit(
    {
      name: 'bold-cat',
      params: { batch_size: '64', learning_rate: '0.01', note: '', text: 'a\nb' },
      tags: { team: 'vision', 'mlflow.user': 'ada', 'mlflow.source.type': 'LOCAL' },
      metrics: {
        'train/loss': [0.2134, 200],
        'val/loss': [NaN, 200],
        'system/cpu_utilization_percentage': [37.5, 12],
      },
      ...draft,
    },
    {
      details: details({
        note: '# What it is\n\nA **baseline** with `adam`, see [the notes](https://notes.example/1).\n\n- [x] done\n- one\n  - two\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n```\nprint("hi")\n```\n',
        source: {
          name: '/home/ada/project/train.py',
          link: { key: 'file train', text: 'train.py', hint: '/w/train.py' },
          commit: '0123456789abcdef0123456789abcdef01234567',
          hasCommit: true,
          branch: 'main',
          repository: { name: 'git@git.example:ada/project.git', link: undefined },
        },
        datasets: [
          {
            name: 'wine',
            digest: 'd1',
            sourceType: 'http',
            source: '{"url": "https://data.example/wine.csv"}',
            schema: '{"mlflow_colspec": [{"type": "double", "name": "alcohol", "required": true}]}',
            profile: '{"num_rows": 4898, "num_elements": 58776}',
            context: 'train',
          },
        ],
        parent: { key: 'run p', text: 'sweep', hint: 'p' },
        children: { kind: 'ready', value: [{ key: 'run c', text: 'fold-1', hint: 'c' }] },
        models: {
          kind: 'ready',
          value: [{ key: 'version w', text: 'wine, version 3', hint: 'models:/wine/3' }],
        },
        snippet: 'import mlflow\n\nmodel = mlflow.pyfunc.load_model("models:/m-1")\n',
        ...more,
      }),
    },
  );
}
