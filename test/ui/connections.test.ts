import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser.mts';
import { type FaultServer, startFaultServer } from '../support/faultServer';
import { selfSigned } from '../support/selfSigned';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { eventually } from '../support/eventually';
import { Workbench } from '../support/workbench';

const withoutScheme = (url: string): string => url.replace('http://', '');

describe('a person with several servers', function () {
  this.timeout(60_000);

  let folder: string;
  let one: FaultServer;
  let two: FaultServer;
  let browser: Browser;
  let bench: Workbench;
  let firstHost: string;
  let secondHost: string;

  before(async function () {
    this.timeout(120_000);
    folder = await mkdtemp(path.join(tmpdir(), 'connections-'));
    one = await startFaultServer({ experiments: 3 });
    two = await startFaultServer({ experiments: 2, version: '3.18.0' });
    firstHost = withoutScheme(one.url);
    secondHost = withoutScheme(two.url);
    browser = await openBrowser();
    bench = await Workbench.open(browser, folder, {
      extensionDevelopmentPath: process.cwd(),
      settings: { 'mlflow.trackingUri': one.url },
    });
  });

  after(async () => {
    await bench?.close();
    await browser?.close();
    await one?.close();
    await two?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  pictureOfFailure(() => bench);

  const statusSays = (text: string): Promise<unknown> =>
    eventually(
      `the status bar to say ${text}`,
      () => bench.status(),
      (said) => said === text,
    );
  const untilExperiments = (count: number): Promise<unknown> =>
    bench.untilRows(`${count} experiments`, (texts) => texts.length === count);
  /** Types and presses Enter, when the first entry is what is wanted. */
  const type = async (text: string, first: string): Promise<void> => {
    await bench.page.keyboard.type(text);
    await bench.page
      .locator(`.quick-input-list .monaco-list-row.focused[aria-label^="${first}"]`)
      .waitFor();
    await bench.page.keyboard.press('Enter');
  };
  /** Runs a command by keyboard alone. */
  const run = async (title: string): Promise<void> => {
    await bench.page.keyboard.press('F1');
    await bench.input.waitFor();
    await type(title, title);
  };
  const openPick = async (): Promise<void> => {
    await run('MLflow: Switch Connection…');
    await bench.choice('Enter a Tracking URI…').waitFor();
  };
  const askedForUri = (): Promise<void> =>
    bench.page.locator('.quick-input-widget input[placeholder="http://127.0.0.1:5000"]').waitFor();
  /** What the entries of the pick say. */
  const entries = (): Promise<readonly string[]> =>
    bench.page
      .locator('.quick-input-list .monaco-list-row')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));

  it('sees nothing in the status bar before the view was opened, and then the server', async () => {
    assert.equal(await bench.status(), undefined);
    await bench.openMlflow();
    await untilExperiments(3);
    await statusSays(`${firstHost} · 3.17.2`);
  });

  it('is told more by the status bar where it is pointed at', async () => {
    await bench.page.locator('.statusbar-item[id$="mlflow.connection"] a').hover();
    const hover = bench.page.locator('.workbench-hover');
    await hover.getByText('from the user settings').waitFor();
    await hover.getByText('SqlStore').waitFor();
    await bench.screenshot('status-hover');
    assert.equal(await hover.locator('a').count(), 0);
  });

  it('looks at the connections and leaves them as they are', async () => {
    const asked = one.requests.length;
    await bench.page.locator('.statusbar-item[id$="mlflow.connection"] a').click();
    await bench.choice(firstHost).waitFor();
    const said = await entries();
    assert.match(said[0] ?? '', /current · MLflow 3\.17\.2 · from the user settings/);
    assert.match(said.at(-2) ?? '', /^Enter a Tracking URI…/);
    await bench.screenshot('switch-connection');
    await bench.page.keyboard.press('Escape');
    await bench.untilInputCloses();
    await untilExperiments(3);
    assert.equal(one.requests.length, asked);
  });

  it('switches to another server by keyboard alone; the settings stay', async () => {
    await openPick();
    await type('enter a', 'Enter a Tracking URI…');
    await askedForUri();
    await bench.page.keyboard.type('ftp://host');
    assert.match(
      await eventually(
        'a sentence',
        () => bench.inputMessage(),
        (text) => text.includes('ftp'),
      ),
      /not supported/,
    );
    await bench.answer(two.url);
    await untilExperiments(2);
    await statusSays(`${secondHost} · 3.18.0`);
    const settings = path.join(folder, 'data', 'User', 'settings.json');
    assert.match(await readFile(settings, 'utf8'), new RegExp(one.url));
  });

  it('finds the choice again in a reloaded window', async () => {
    await bench.page.reload();
    await bench.page.locator('.monaco-workbench').waitFor();
    await bench.openMlflow().catch(() => undefined);
    await untilExperiments(2);
    await statusSays(`${secondHost} · 3.18.0`);
  });

  it('goes back by the first entry', async () => {
    await openPick();
    await bench.screenshot('switch-connection-back');
    await type('', `Back to ${firstHost}`);
    await untilExperiments(3);
    await statusSays(`${firstHost} · 3.17.2`);
  });

  it('finds what was used before by typing a part of it', async () => {
    await openPick();
    await type(String(two.port), secondHost);
    await untilExperiments(2);
    await openPick();
    await type('', `Back to ${firstHost}`);
    await untilExperiments(3);
  });

  it('opens a second connection beside the first, and sees both', async () => {
    await run('MLflow: Open Connection Beside…');
    await type(String(two.port), secondHost);
    const rows = await bench.untilRows(
      'both, with their versions',
      (texts) => texts.length === 7 && (texts[4] ?? '').includes('MLflow'),
    );
    assert.deepEqual(rows, [
      `${firstHost}MLflow 3.17.2`,
      'experiment 1',
      'experiment 2',
      'experiment 3',
      `${secondHost}MLflow 3.18.0`,
      'experiment 1',
      'experiment 2',
    ]);
    await statusSays(`${secondHost} · 3.18.0 +1`);
  });

  it('keeps rows open over a refresh of one of them', async () => {
    const asked = one.requests.length;
    await bench.inlineAction(secondHost, 'Refresh');
    await eventually(
      'an answer',
      () => two.requests.length,
      (count) => count > 0,
    );
    await bench.untilRows('both', (texts) => texts.length === 7);
    assert.equal(one.requests.length, asked);
  });

  it('sees which of them fails', async () => {
    await two.goDown();
    await bench.inlineAction(secondHost, 'Refresh');
    const rows = await bench.untilRows('the sentence', (texts) => texts.length === 8);
    assert.match(rows[5] ?? '', /^Nothing answers at/);
    await bench.row(firstHost).click();
    await statusSays(`${firstHost} · 3.17.2 +1`);
    await bench.row(secondHost).click();
    await statusSays(`${secondHost} · 3.18.0 +1`);
    await bench.expand(firstHost);
    await bench.expand(secondHost);
    await bench.row(secondHost).hover();
    await bench.screenshot('connections-failing');
    await two.comeBack();
    await bench.inlineAction(secondHost, 'Refresh');
    await bench.untilRows('both', (texts) => texts.length === 7);
  });

  for (const [theme, name] of [
    ['Default Dark Modern', 'vs-dark'],
    ['Default Light Modern', 'vs'],
    ['Default High Contrast', 'hc-black'],
  ] as const) {
    it(`sees them in ${theme}`, async () => {
      await bench.setSettings({ 'mlflow.trackingUri': one.url, 'workbench.colorTheme': theme });
      await bench.page.locator(`.monaco-workbench.${name}`).waitFor();
      await two.goDown();
      await bench.inlineAction(secondHost, 'Refresh');
      await bench.untilRows('the sentence', (texts) => texts.length === 8);
      await bench.screenshot(`connections-${name}`);
      await two.comeBack();
      await bench.inlineAction(secondHost, 'Refresh');
      await bench.untilRows('both', (texts) => texts.length === 7);
    });
  }

  it('closes it again', async () => {
    await bench.inlineAction(secondHost, 'Close Connection');
    await untilExperiments(3);
    await statusSays(`${firstHost} · 3.17.2`);
  });

  it('comes back with one click from a server that does not answer', async () => {
    const dead = 'http://127.0.0.1:1';
    await openPick();
    await type('enter a', 'Enter a Tracking URI…');
    await askedForUri();
    await bench.answer(dead);
    await bench.row('Nothing answers at').waitFor();
    await statusSays('127.0.0.1:1');
    await bench.view('Experiments').locator('.message').getByText('Nothing answers at').waitFor();
    await bench.screenshot('switch-failed');
    await eventually(
      'a message',
      () => bench.notifications(),
      (messages) => messages.some((text) => text.includes('Nothing answers')),
    );
    await bench.page
      .locator('.notifications-center .monaco-button:has-text("Switch Back")')
      .click();
    await untilExperiments(3);
    await statusSays(`${firstHost} · 3.17.2`);
  });

  it('forgets a connection', async () => {
    await openPick();
    const entry = bench.choice(secondHost);
    await entry.hover();
    await entry.locator('.action-label[aria-label="Forget Connection"]').click();
    await entry.waitFor({ state: 'detached' });
    await bench.page.keyboard.press('Escape');
    await bench.untilInputCloses();
    await openPick();
    assert.ok(!(await entries()).some((text) => text.startsWith(secondHost)));
    await bench.page.keyboard.press('Escape');
  });
});

describe('a server whose certificate is not checked', function () {
  this.timeout(60_000);

  let folder: string;
  let server: FaultServer;
  let browser: Browser;
  let bench: Workbench;

  before(async function () {
    this.timeout(120_000);
    folder = await mkdtemp(path.join(tmpdir(), 'insecure-'));
    server = await startFaultServer({ experiments: 1 }, selfSigned('mlflow.example.com'));
    browser = await openBrowser();
    bench = await Workbench.open(browser, folder, {
      extensionDevelopmentPath: process.cwd(),
      settings: { 'mlflow.trackingUri': server.url, 'mlflow.tls.insecure': true },
    });
  });

  after(async () => {
    await bench?.close();
    await browser?.close();
    await server?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  it('is said to be one in the view and in the status bar', async () => {
    await bench.openMlflow();
    await bench.untilRows('the experiment', (texts) => texts.join() === 'experiment 1');
    const host = server.url.replace('https://', '');
    await bench
      .view('Experiments')
      .getByText(`The certificate of ${host} is not checked.`)
      .waitFor();
    const item = bench.page.locator('.statusbar-item[id$="mlflow.connection"]');
    await item.locator('.codicon-unlock').waitFor();
    assert.match((await item.getAttribute('class')) ?? '', /warning-kind/);
    await item.locator('a').hover();
    await bench.page.locator('.workbench-hover').getByText('not checked').waitFor();
    await bench.screenshot('connection-insecure');
  });
});
