import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser.mts';
import { type FaultServer, startFaultServer } from '../support/faultServer';
import { makeDatabase } from '../support/sqliteFile';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { eventually } from '../support/eventually';
import { Workbench } from '../support/workbench';
import { processesIn } from '../support/workbenchProcesses';

describe('a workspace in Restricted Mode', function () {
  this.timeout(60_000);

  let folder: string;
  let own: FaultServer;
  let foreign: FaultServer;
  let browser: Browser;
  let bench: Workbench;

  before(async function () {
    this.timeout(120_000);
    folder = await mkdtemp(path.join(tmpdir(), 'restricted-'));
    own = await startFaultServer({ experiments: 2 });
    foreign = await startFaultServer({ experiments: 5 });
    const workspace = path.join(folder, 'workspace');
    await mkdir(path.join(workspace, '.vscode'), { recursive: true });
    const settings = JSON.stringify({ 'mlflow.trackingUri': foreign.url });
    await writeFile(path.join(workspace, '.vscode', 'settings.json'), settings);
    await writeFile(path.join(workspace, '.env'), `MLFLOW_TRACKING_URI=${foreign.url}\n`);
    const project = 'entry_points: {main: {command: "x {y}"}}\n';
    await writeFile(path.join(workspace, 'MLproject'), project);
    makeDatabase(path.join(workspace, 'mlflow.db')).close();
    browser = await openBrowser();
    bench = await Workbench.open(browser, folder, {
      extensionDevelopmentPath: process.cwd(),
      settings: { 'mlflow.trackingUri': own.url },
      trust: false,
    });
  });

  after(async () => {
    await bench?.close();
    await browser?.close();
    await own?.close();
    await foreign?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  pictureOfFailure(() => bench);

  it('helps with an MLproject', async () => {
    await bench.openFile('MLproject', 'entry_points');
    await bench.page.locator('.squiggly-error').first().waitFor();
  });

  it('launches nothing, and says why', async () => {
    await bench.command('MLflow: Run Entry Point…');
    await eventually(
      'the sentence',
      () => bench.notifications(),
      (messages) => messages.some((text) => /launched in Restricted Mode: projects/.test(text)),
    );
    assert.equal(await bench.page.locator('.codelens-decoration a').count(), 0);
    await bench.page
      .locator('.explorer-folders-view .monaco-list-row[aria-label^="MLproject"]')
      .click({ button: 'right' });
    await bench.page
      .locator('.context-view .action-label[aria-label^="Open to the Side"]')
      .waitFor();
    assert.equal(
      await bench.page.locator('.context-view .action-label[aria-label^="Run Entry"]').count(),
      0,
    );
    await bench.page.keyboard.press('Escape');
    await bench.clearNotifications();
  });

  it("shows the server of the person's own settings, not the one of the workspace", async () => {
    await bench.openMlflow();
    const rows = await bench.untilRows('experiments', (texts) => texts.length > 0);
    assert.deepEqual(rows, ['experiment 1', 'experiment 2']);
    assert.deepEqual(foreign.requests, []);
    await bench.expandView('Launches');
    await bench
      .view('Launches')
      .locator('.welcome-view-content')
      .getByText('Restricted Mode')
      .waitFor();
  });

  it('reads a local store in its place, and starts no process', async () => {
    await bench.insistOnSettings({});
    await bench.untilRows('experiments', (texts) => texts.join() === 'one');
    const running = await processesIn(path.join(folder, 'workspace'));
    const lines = running.map(({ commandLine }) => commandLine);
    assert.doesNotMatch(lines.join('\n'), /-m mlflow|mlflow server/);
  });

  it('says that changing a local store needs trust, and starts no process', async () => {
    let pressedAt = 0;
    const said = await eventually(
      'the sentence',
      async () => {
        // The editor takes no key of a view in the first moments after a click into it: press again.
        if (Date.now() - pressedAt > 4000) {
          await bench.row('one').click();
          await bench.page.keyboard.press('Delete');
          pressedAt = Date.now();
        }
        return bench.notifications();
      },
      (messages) => messages.some((text) => /Restricted Mode/.test(text)),
    );
    assert.match(
      said.join(),
      /none is started in Restricted Mode\. Trust this workspace to change it/,
    );
    const running = await processesIn(path.join(folder, 'workspace'));
    const lines = running.map(({ commandLine }) => commandLine);
    assert.doesNotMatch(lines.join('\n'), /-m mlflow|mlflow server/);
  });

  it('asks for trust or a server when nothing else names one', async () => {
    await rm(path.join(folder, 'workspace', 'mlflow.db'));
    await bench.command('MLflow: Refresh');
    const welcome = bench.view('Experiments').locator('.welcome-view-content');
    await welcome.getByText('In Restricted Mode').waitFor();
    await welcome.getByRole('button', { name: 'Manage Workspace Trust' }).waitFor();
    assert.deepEqual(foreign.requests, []);
  });
});
