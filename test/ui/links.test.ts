import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { openBrowser } from '../support/browser.mts';
import { type FaultServer, startFaultServer } from '../support/faultServer';
import { JourneyMlflow } from '../support/journeyMlflow';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { eventually, staysSo } from '../support/eventually';
import { Workbench } from '../support/workbench';

/** A run of MLflow's own client that ends once a file is there. */
const training = `
import os, time, mlflow
mlflow.set_experiment('lab')
with mlflow.start_run(run_name='calm-elk'):
    mlflow.log_metric('rmse', 0.742)
    print('training', flush=True)
    while not os.path.exists('enough'):
        time.sleep(0.1)
`;

async function createLab(mlflow: JourneyMlflow): Promise<string> {
  const lab = await mlflow.createExperiment('lab');
  await mlflow.call('experiments/set-experiment-tag', {
    experiment_id: lab,
    key: 'mlflow.experiment.primaryMetric.name',
    value: 'rmse',
  });
  return lab;
}

describe('a person who waits for runs', function () {
  this.timeout(90_000);

  let folder: string;
  let mlflow: JourneyMlflow;
  let other: FaultServer;
  let lab: string;
  let browser: Browser;
  let bench: Workbench;

  before(async function () {
    this.timeout(300_000);
    folder = await mkdtemp(path.join(tmpdir(), 'links-'));
    mlflow = await JourneyMlflow.start();
    other = await startFaultServer({ experiments: 2 });
    const workspace = path.join(folder, 'workspace');
    await mkdir(workspace);
    await writeFile(path.join(workspace, 'train.py'), training);
    browser = await openBrowser();
    const opening = Workbench.open(browser, folder, {
      extensionDevelopmentPath: process.cwd(),
      settings: {
        'mlflow.trackingUri': mlflow.url,
        'mlflow.refreshInterval': 1,
        'terminal.integrated.gpuAcceleration': 'off',
        'extensions.confirmedUriHandlerExtensionIds': ['mlflow-workbench.mlflow-workbench'],
      },
      env: {
        MLFLOW_TRACKING_URI: mlflow.url,
        MLFLOW_TRACKING_TOKEN: 'for-my-own-servers',
        // A shell may set its own PATH.
        PYTHON_WITH_MLFLOW: await ensurePython('demo'),
      },
    });
    [bench, lab] = await Promise.all([opening, createLab(mlflow)]);
  });

  after(async () => {
    await bench?.close();
    await browser?.close();
    await other?.close();
    await mlflow?.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  pictureOfFailure(() => bench);

  /** Types a line into the terminal. */
  const inTerminal = async (line: string): Promise<void> => {
    await bench.page.locator('.terminal .xterm-helper-textarea').first().focus();
    await bench.page.keyboard.type(line);
    await bench.page.keyboard.press('Enter');
  };
  const terminalLine = (text: string): Locator =>
    bench.page.locator('.terminal .xterm-rows > div').filter({ hasText: text }).last();
  /** Points at a line of the terminal until it says what its link does. */
  const pointAt = async (text: string, kind: 'run' | 'experiment'): Promise<void> => {
    const line = terminalLine(text);
    await line.waitFor({ timeout: 60_000 });
    const hover = bench.page.getByText(`Open ${kind} in the MLflow view`);
    await eventually(
      'the link to be seen as one',
      async () => {
        // The terminal looks for links only where the pointer comes from another letter.
        const { x, y } = (await line.boundingBox()) ?? { x: 0, y: 0 };
        await bench.page.mouse.move(x + 120, y + 5);
        await bench.page.mouse.move(x + 60, y + 5);
        return hover.waitFor({ timeout: 3000 }).then(
          () => true,
          () => false,
        );
      },
      (isLink) => isLink,
    );
  };
  /** Follows a link in the terminal, whose line begins so; what is printed meanwhile may undo the click. */
  const follow = async (
    text: string,
    kind: 'run' | 'experiment',
    followed: Locator,
  ): Promise<void> => {
    await eventually(
      `the ${kind} to be opened`,
      async () => {
        await pointAt(text, kind);
        await bench.page.keyboard.down('ControlOrMeta');
        await bench.page.mouse.down();
        await bench.page.mouse.up();
        await bench.page.keyboard.up('ControlOrMeta');
        return followed.waitFor({ timeout: 5000 }).then(
          () => true,
          () => false,
        );
      },
      (isFollowed) => isFollowed,
    );
  };
  const focused = (label: string): Locator =>
    bench
      .view('Experiments')
      .locator(`.monaco-list.element-focused .monaco-list-row.focused[aria-label^="${label}"]`);
  const untilFocus = (label: string): Promise<unknown> =>
    eventually(
      `the focus on ${label}`,
      () => bench.focusedRow(),
      (focused) => focused.startsWith(label),
    );
  const untilTold = (pattern: RegExp): Promise<readonly string[]> =>
    eventually(
      `word of ${String(pattern)}`,
      () => bench.notifications(),
      (messages) => messages.some((message) => pattern.test(message)),
    );
  const endRun = (id: string, status: string, endTime = Date.now()): Promise<unknown> =>
    mlflow.call('runs/update', { run_id: id, status, end_time: endTime });
  const openLink = async (address: string): Promise<void> => {
    await bench.command('Developer: Open URL');
    await bench.answer(address);
  };

  it('is told when a run ends that was seen in progress', async () => {
    await bench.command('Terminal: Create New Terminal');
    await bench.page.locator('.terminal .xterm-rows').first().waitFor();
    await inTerminal('"$PYTHON_WITH_MLFLOW" train.py');
    await terminalLine('training').waitFor({ timeout: 60_000 });
    await bench.openMlflow();
    await bench.expand('lab');
    await bench.row('calm-elk').waitFor();
    await writeFile(path.join(folder, 'workspace', 'enough'), '');
    const said = await untilTold(/calm-elk/);
    assert.match(said.join(), /^calm-elk finished after \d.*\. rmse 0\.742$/);
    await bench.screenshot('run-ended');
    const button = bench.page.getByRole('button', { name: 'Show Run', exact: true });
    await button.click();
    await untilFocus('calm-elk');
    await bench.clearNotifications();
  });

  it('opens a run where MLflow’s client named it in the terminal', async () => {
    await bench.row('lab').click();
    await pointAt('View run calm-elk at', 'run');
    await bench.screenshot('terminal-link');
    await follow('View run calm-elk at', 'run', focused('calm-elk'));
  });

  it('opens an experiment where MLflow’s client named it', async () => {
    await follow('View experiment at', 'experiment', focused('lab'));
  });

  it('chooses what to do about another server, which hears nothing before', async () => {
    const run = `${other.url}/#/experiments/1/runs/${'ab'.repeat(16)}`;
    await inTerminal(`echo "View run stranger at: ${run}"`);
    await follow('View run stranger at', 'run', bench.choice('Connect Beside'));
    await bench.screenshot('another-server');
    const title = await bench.page.locator('.quick-input-title').textContent();
    assert.equal(title, `Open Run on ${other.url}`);
    assert.deepEqual(other.requests, []);
    await bench.input.press('Escape');
    await bench.untilInputCloses();
    await staysSo('no request to it', 1000, () => other.requests.length === 0);
  });

  it('is told when a run ends that was chosen, while the view is hidden', async () => {
    const id = await mlflow.logRun({ experimentId: lab, name: 'shy-fox' });
    await bench.command('MLflow: Refresh');
    await bench.menu('shy-fox', 'Notify When Run Ends');
    await bench.untilRows('the mark on its row', (texts) =>
      texts.some((text) => /^shy-fox.*watched$/.test(text)),
    );
    await bench.page.locator('.activitybar a[aria-label^="Explorer"]').click();
    await bench.view('Experiments').waitFor({ state: 'hidden' });
    await endRun(id, 'FAILED');
    const said = await untilTold(/shy-fox/);
    assert.match(said.join(), /shy-fox failed after \d/);
    await bench.clearNotifications();
  });

  it('is told of several at once', async () => {
    await bench.openMlflow();
    const ids = ['one', 'two', 'three'].map((name) => mlflow.logRun({ experimentId: lab, name }));
    const [one = '', two = '', three = ''] = await Promise.all(ids);
    await bench.command('MLflow: Refresh');
    for (const name of ['one', 'two', 'three']) await bench.row(name).waitFor();
    await mlflow.goDown();
    await Promise.all([endRun(one, 'FINISHED'), endRun(two, 'FINISHED'), endRun(three, 'KILLED')]);
    await mlflow.comeBack();
    const said = await untilTold(/runs ended/);
    assert.ok(said.includes('3 runs ended: 2 finished, 1 killed.'), said.join());
    await bench.screenshot('runs-ended');
    await bench.page.getByRole('button', { name: 'Show Runs', exact: true }).click();
    await bench.choose('two');
    await untilFocus('two');
    await bench.clearNotifications();
  });

  it('opens a run by a link of VS Code’s own scheme, copied from its row', async () => {
    await bench.menu('calm-elk', 'Copy Link to Run');
    const link = await eventually(
      'the link',
      () => bench.clipboard(),
      (text) => text.includes('/run/'),
    );
    assert.equal(new URL(link).searchParams.get('uri'), mlflow.url);
    await bench.row('lab').click();
    await openLink(link);
    await bench.untilRunIsOpen('calm-elk');
  });

  it('is asked before a link connects to another server', async () => {
    const uri = encodeURIComponent(other.url);
    await openLink(`vscode://mlflow-workbench.mlflow-workbench/run/${'ab'.repeat(16)}?uri=${uri}`);
    await bench.choice('Connect Beside').waitFor();
    assert.equal(other.requests.length, 0);
    await bench.choose('Connect Beside');
    await eventually(
      'two connections',
      () => bench.texts(),
      (texts) => texts.some((text) => text.startsWith(other.url.replace('http://', ''))),
    );
    assert.ok(other.requests.length > 0);
    const signIns = other.requests.map(({ headers }) => headers.authorization);
    assert.deepEqual(new Set(signIns), new Set([undefined]));
  });

  it('is told why a link is not followed', async () => {
    const uri = encodeURIComponent('http://me:secret@127.0.0.1:1');
    await bench.clearNotifications();
    await openLink(`vscode://mlflow-workbench.mlflow-workbench/run/${'ab'.repeat(16)}?uri=${uri}`);
    const said = await untilTold(/not followed/);
    assert.doesNotMatch(said.join(), /secret/);
  });
});
