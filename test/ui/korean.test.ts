import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser.mts';
import { type FaultServer, startFaultServer } from '../support/faultServer';
import { Workbench } from '../support/workbench';

describe('a person who reads Korean', function () {
  this.timeout(60_000);

  let folder: string;
  let server: FaultServer;
  let browser: Browser;
  let bench: Workbench;

  before(async function () {
    this.timeout(120_000);
    folder = await mkdtemp(path.join(tmpdir(), 'korean-'));
    server = await startFaultServer({ experiments: 1, runs: 3 });
    browser = await openBrowser();
    bench = await Workbench.open(browser, folder, {
      extensionDevelopmentPath: process.cwd(),
      settings: { 'mlflow.trackingUri': server.url },
      language: 'ko',
    });
  });

  after(async () => {
    await bench?.close();
    await browser?.close();
    await server?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  it('finds the views, commands and rows in Korean', async () => {
    await bench.openMlflow('실험');
    await bench.expand('experiment 1', '실험');
    await bench.expand('run 0', '실험');
    await bench.row('매개 변수', '실험').waitFor();
    await bench.row('메트릭', '실험').waitFor();
    await bench.command('MLflow: 새로 고침');
  });

  it('is told in Korean what is wrong', async () => {
    await server.goDown();
    await bench.command('MLflow: 새로 고침');
    const [row] = await bench.untilRows(
      'the sentence',
      (texts) => texts[0]?.includes(server.url) === true,
      '실험',
    );
    assert.match(row ?? '', /[가-힣]/);
    assert.doesNotMatch(row ?? '', /Nothing answers/);
    await bench.screenshot('sidebar-korean');
  });
});
