import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { basic } from '../support/authMlflow';
import { openBrowser } from '../support/browser.mts';
import { type FaultServer, faults, startFaultServer } from '../support/faultServer';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { eventually } from '../support/eventually';
import { Workbench } from '../support/workbench';

const ann = { user: 'ann', password: 'in the environment' };
const bob = { user: 'bob', password: 'in-the-settings' };

describe('a server that the workspace chose', function () {
  this.timeout(60_000);

  let folder: string;
  let server: FaultServer;
  let browser: Browser;
  let bench: Workbench;
  let settingsFile: string;

  before(async function () {
    this.timeout(120_000);
    folder = await mkdtemp(path.join(tmpdir(), 'approval-'));
    server = await startFaultServer({ experiments: 2 });
    const accepted = [basic(ann), basic(bob)];
    server.setFault('*', faults.unauthorized, {
      unless: ({ headers }) => accepted.includes(headers.authorization ?? ''),
    });
    const workspace = path.join(folder, 'workspace');
    settingsFile = path.join(workspace, '.vscode', 'settings.json');
    await mkdir(path.dirname(settingsFile), { recursive: true });
    await nameInWorkspace(server.url);
    browser = await openBrowser();
    bench = await Workbench.open(browser, folder, {
      extensionDevelopmentPath: process.cwd(),
      env: { MLFLOW_TRACKING_USERNAME: ann.user, MLFLOW_TRACKING_PASSWORD: ann.password },
    });
  });

  after(async () => {
    await bench?.close();
    await browser?.close();
    await server?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  pictureOfFailure(() => bench);

  const nameInWorkspace = (uri: string): Promise<void> =>
    writeFile(settingsFile, JSON.stringify({ 'mlflow.trackingUri': uri }));
  const sent = (from = 0): readonly (string | undefined)[] => [
    ...new Set(server.requests.slice(from).map(({ headers }) => headers.authorization)),
  ];
  const untilExperiments = (): Promise<readonly string[]> =>
    bench.untilRows('experiments', (texts) => texts.includes('experiment 2'));

  it('gets nothing of the person’s, and the row says why', async () => {
    await bench.openMlflow();
    const [row] = await bench.untilRows('the sentence', (texts) => texts.length === 1);
    assert.match(row ?? '', /You did not choose this server yourself.*was not sent to it/);
    assert.deepEqual(sent(), [undefined]);
  });

  it('gets what is saved once the person says so', async () => {
    const before = server.requests.length;
    await bench.row('http://127').click();
    await bench.choose('Use the sign-in saved for this server');
    await bench.untilInputCloses();
    await untilExperiments();
    assert.deepEqual(sent(before), [basic(ann)]);
  });

  it('gets it without a question from then on', async () => {
    const before = server.requests.length;
    await bench.page.reload();
    await bench.page.waitForSelector('.monaco-workbench');
    await bench.openMlflow();
    await untilExperiments();
    assert.deepEqual(sent(before), [basic(ann)]);
  });

  it('is asked to give up a password that stands in the settings', async () => {
    const withPassword = server.url.replace('//', `//${bob.user}:${bob.password}@`);
    await nameInWorkspace(withPassword);
    await eventually(
      'what the address brings',
      () => sent(),
      (all) => all.includes(basic(bob)),
    );
    await eventually(
      'the notification',
      () => bench.notifications(),
      (all) => all.some((text) => /hold your sign-in to .* in plain text/.test(text)),
    );
    const button = bench.page.locator('.notification-list-item .monaco-button', {
      hasText: 'Move to Secret Storage',
    });
    await button.click();
    const text = await eventually(
      'the setting without it',
      () => readFile(settingsFile, 'utf8'),
      (now) => !now.includes(bob.password),
    );
    assert.deepEqual(JSON.parse(text), { 'mlflow.trackingUri': server.url });
    const before = server.requests.length;
    await bench.command('MLflow: Refresh');
    await eventually(
      'requests',
      () => sent(before),
      (all) => all.length > 0,
    );
    await untilExperiments();
    assert.deepEqual(sent(before), [basic(bob)]);
  });
});
