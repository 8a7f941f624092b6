import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { openBrowser } from '../support/browser.mts';
import { JourneyMlflow } from '../support/journeyMlflow';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { Workbench, eventually } from '../support/workbench';

const project = `name: iris
entry_points:
  main:
    parameters:
      alpha: {type: float, default: 0.5}
    command: "python train.py {alpha}"
`;

/** Ends once the test has seen the run in progress. */
const script = `import mlflow, os, sys, time
mlflow.log_metric("loss", float(sys.argv[1]))
while not os.path.exists("go"):
    time.sleep(0.1)
`;

interface FoundRun {
  readonly info: { readonly status: string; readonly run_name: string };
  readonly data: {
    readonly params?: readonly { readonly key: string; readonly value: string }[];
  };
}

describe('a person who runs an entry point', function () {
  this.timeout(240_000);

  let folder: string;
  let mlflow: JourneyMlflow;
  let browser: Browser;
  let bench: Workbench | undefined;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'launching-'));
    const workspace = path.join(folder, 'workspace');
    await mkdir(workspace);
    await writeFile(path.join(workspace, 'MLproject'), project);
    await writeFile(path.join(workspace, 'train.py'), script);
    mlflow = await JourneyMlflow.start();
    await mlflow.createExperiment('lab');
    browser = await openBrowser();
    bench = await Workbench.open(browser, folder, {
      extensionDevelopmentPath: process.cwd(),
      settings: {
        'mlflow.trackingUri': mlflow.url,
        'mlflow.refreshInterval': 1,
        'mlflow.interpreter': await ensurePython('demo'),
        'files.autoSave': 'off',
      },
    });
  });

  pictureOfFailure(() => bench);

  after(async () => {
    await bench?.close();
    await browser?.close();
    await mlflow.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  async function runs(): Promise<readonly FoundRun[]> {
    const { runs = [] } = await mlflow.call<{ runs?: readonly FoundRun[] }>('runs/search', {
      experiment_ids: ['0'],
    });
    return runs;
  }

  it('from its code lens sees the run while it goes on, in the lists and in Launches, and its end', async () => {
    assert.ok(bench);
    const { page } = bench;
    await bench.openFile('MLproject', 'command');
    await bench.openMlflow();
    await bench.row('Default').waitFor();
    await page.locator('.codelens-decoration a', { hasText: 'Run Entry Point' }).first().click();
    await bench.input.waitFor();
    await bench.choose('alpha');
    await bench.answer('0.25');
    await bench.choose('Run');
    const [run] = await eventually('the run', runs, (found) => found.length === 1);
    assert.equal(run?.info.status, 'RUNNING');
    await bench.row(run.info.run_name).waitFor();
    await bench.expandView('Launches');
    await bench.row('workspace', 'Launches').waitFor();
    await writeFile(path.join(folder, 'workspace', 'go'), '');
    await eventually('its end', runs, ([now]) => now?.info.status === 'FINISHED');
    const [ended] = await runs();
    assert.deepEqual(
      ended?.data.params?.map(({ key, value }) => [key, value]),
      [['alpha', '0.25']],
    );
    await eventually(
      'the row that says so',
      async () => (await bench?.row('workspace', 'Launches').innerHTML()) ?? '',
      (html) => html.includes('codicon-pass'),
    );
  });

  it('runs it again with the same parameters', async () => {
    assert.ok(bench);
    const [first] = await runs();
    assert.ok(first);
    await bench.menu(first.info.run_name, 'Run Again with Same Parameters');
    const both = await eventually(
      'another run',
      runs,
      (found) => found.every(({ info }) => info.status === 'FINISHED') && found.length === 2,
    );
    assert.deepEqual(
      both.map(({ data }) => data.params?.map(({ value }) => value).join()),
      ['0.25', '0.25'],
    );
  });
});
