import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser.mts';
import { type FaultServer, startFaultServer } from '../support/faultServer';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { Workbench } from '../support/workbench';

const withoutScheme = (url: string): string => url.replace('http://', '');

describe('a workspace of two folders', function () {
  this.timeout(60_000);

  /** What a workspace calls its folder is its maker's word. */
  const vision = 'vision $(trash) [x](command:workbench.action.quit)';

  let folder: string;
  let one: FaultServer;
  let two: FaultServer;
  let browser: Browser;
  let bench: Workbench;

  before(async function () {
    this.timeout(120_000);
    folder = await mkdtemp(path.join(tmpdir(), 'two-folders-'));
    one = await startFaultServer({ experiments: 1 });
    two = await startFaultServer({ experiments: 2 });
    for (const [name, { url }] of [
      ['vision', one],
      ['speech', two],
    ] as const) {
      await mkdir(path.join(folder, name, '.vscode'), { recursive: true });
      const settings = JSON.stringify({ 'mlflow.trackingUri': url });
      await writeFile(path.join(folder, name, '.vscode', 'settings.json'), settings);
    }
    const workspaceFile = path.join(folder, 'both.code-workspace');
    await writeFile(
      workspaceFile,
      JSON.stringify({ folders: [{ path: 'vision', name: vision }, { path: 'speech' }] }),
    );
    browser = await openBrowser();
    bench = await Workbench.open(browser, folder, {
      extensionDevelopmentPath: process.cwd(),
      workspaceFile,
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

  it('shows the server of each, with the name of its folder', async () => {
    await bench.openMlflow();
    const rows = await bench.untilRows('both', (texts) => / · MLflow/.test(texts[0] ?? ''));
    assert.deepEqual(rows, [
      `${withoutScheme(one.url)}${vision.slice(0, 39)}… · MLflow 3.17.2`,
      'experiment 1',
      `${withoutScheme(two.url)}speech`,
    ]);
    assert.deepEqual(two.requests, []);
    await bench.expand(withoutScheme(two.url));
    await bench.untilRows('all', (texts) => texts.length === 5);
    await bench.screenshot('connections-folders');
  });

  it('makes neither an icon nor a link out of the name of a folder', async () => {
    await bench.page.locator('.statusbar-item[id$="mlflow.connection"] a').hover();
    const hover = bench.page.locator('.workbench-hover');
    await hover.getByText('vision $(trash)').waitFor();
    assert.equal(await hover.locator('a, .codicon').count(), 0);
    await bench.page.locator('.statusbar-item[id$="mlflow.connection"] a').click();
    await bench.choice(withoutScheme(two.url)).waitFor();
    assert.equal(await bench.page.locator('.quick-input-list .codicon-trash').count(), 0);
    await bench.screenshot('switch-connection-folders');
    await bench.page.keyboard.press('Escape');
    await bench.untilInputCloses();
  });

  it('asks which folder a tracking URI is for', async () => {
    await bench.command('MLflow: Set Tracking URI…');
    await bench.choose('speech');
    await bench.answer(one.url);
    await bench.untilRows('one server for both', (texts) => texts.join() === 'experiment 1');
    const file = path.join(folder, 'speech', '.vscode', 'settings.json');
    assert.match(await readFile(file, 'utf8'), new RegExp(one.url));
    await writeFile(file, JSON.stringify({ 'mlflow.trackingUri': two.url }));
    await bench.row(withoutScheme(two.url)).waitFor();
  });

  it('no longer shows the server of a folder that was removed', async () => {
    await bench.command('Workspaces: Remove Folder from Workspace...');
    await bench.choose('speech');
    await bench.untilRows('one server', (texts) => texts.join() === 'experiment 1');
  });
});
