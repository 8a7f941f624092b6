import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser.mts';
import { type FaultServer, startFaultServer } from '../support/faultServer';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { eventually } from '../support/eventually';
import { Workbench } from '../support/workbench';
import { buttonOf, labSettings } from './lab';

const runs = 300;

describe('a person who deletes many runs', function () {
  this.timeout(90_000);

  let folder: string;
  let server: FaultServer;
  let browser: Browser;
  let bench: Workbench;

  before(async function () {
    this.timeout(300_000);
    folder = await mkdtemp(path.join(tmpdir(), 'bulk-'));
    server = await startFaultServer({ experiments: 1, runs });
    browser = await openBrowser();
    bench = await Workbench.open(browser, folder, {
      extensionDevelopmentPath: process.cwd(),
      settings: { ...labSettings, 'mlflow.trackingUri': server.url, 'mlflow.pageSize': runs },
    });
    await bench.openMlflow();
    await bench.expand('experiment 1');
    await bench.row('run 5').waitFor();
  });

  after(async () => {
    await bench?.close();
    await browser?.close();
    await server?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  pictureOfFailure(() => bench);

  const asked = (call: string): number =>
    server.requests.filter(({ path: asked }) => asked.endsWith(`/${call}`)).length;

  it('is told how far it is, and stops it', async () => {
    server.setFault('runs/delete', { kind: 'slow', milliseconds: 200 });
    await bench.row('run 5').click();
    await bench.page.keyboard.press('ControlOrMeta+a');
    await bench.page.keyboard.press('Delete');
    const cancel = await buttonOf(bench, /Deleting.*\d+ of 300/, 'Cancel');
    await bench.screenshot('bulk-progress');
    await cancel.click();
    const said = await eventually(
      'what became of it',
      () => bench.notifications(),
      (all) => all.some((text) => /then stopped/.test(text)),
    );
    const [, done] = /Deleted (\d+) of 300 runs, then stopped\./.exec(said.join('\n')) ?? [];
    assert.equal(Number(done), asked('runs/delete'));
    assert.ok(Number(done) < runs, done);
    await bench.screenshot('bulk-stopped');
  });

  it('takes back what was deleted until then', async () => {
    await (await buttonOf(bench, /then stopped/, 'Undo')).click();
    await eventually(
      'all of them to be restored',
      () => asked('runs/restore'),
      (restored) => restored === asked('runs/delete'),
    );
    await bench.row('run 0').waitFor();
  });
});
