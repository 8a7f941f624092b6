import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { root } from '../../scripts/paths.mts';
import { ensureTestHost } from '../../scripts/testHost.mts';
import { openBrowser } from '../support/browser.mts';
import { type FaultServer, startFaultServer } from '../support/faultServer';
import { Workbench } from '../support/workbench';

const readManifest = async (
  folder: string,
): Promise<{ version: string; engines?: { vscode?: string } }> =>
  JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as {
    version: string;
    engines?: { vscode?: string };
  };

describe('the oldest supported VS Code', function () {
  this.timeout(120_000);

  let folder: string;
  let server: FaultServer;
  let browser: Browser;
  let bench: Workbench;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'oldest-'));
    server = await startFaultServer();
    browser = await openBrowser();
    bench = await Workbench.open(browser, folder, {
      edition: 'oldest',
      extensionDevelopmentPath: root,
      settings: { 'mlflow.trackingUri': server.url },
    });
  });

  after(async () => {
    await bench?.close();
    await browser?.close();
    await server?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  it('is of the first release that the manifest lets in', async () => {
    const { vscodeServer } = await ensureTestHost('oldest');
    const { version } = await readManifest(path.dirname(path.dirname(vscodeServer)));
    const { engines } = await readManifest(root);
    assert.equal(`^${version.replace(/\.\d+$/, '.0')}`, engines?.vscode);
  });

  it('shows experiments, runs and registered models', async () => {
    await bench.openMlflow();
    const experiments = await bench.untilRows('experiments', (texts) => texts.length > 0);
    assert.deepEqual(experiments, ['experiment 1', 'experiment 2', 'experiment 3']);
    await bench.expand('experiment 1');
    await bench.untilRows('runs', (texts) => texts[1]?.startsWith('run 0') === true);
    await bench.expandView('Models');
    await bench.untilRows('models', (texts) => texts[0]?.startsWith('model 1') === true, 'Models');
  });
});
