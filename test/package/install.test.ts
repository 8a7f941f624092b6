import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { ensureTestHost } from '../../scripts/testHost.mts';
import { openBrowser, openWorkbench } from '../support/browser.mts';
import { startFaultServer, type FaultServer } from '../support/faultServer';
import { startVsCode, type VsCode } from '../support/vscodeHost.mts';
import { packedVsix, version } from './packedVsix';

/** The first row of a view as a screen reader says it, once there is one. */
async function firstRow(page: Page, view: string): Promise<string> {
  const pane = page.locator(`.pane:has(.pane-header[aria-label*="${view}"])`);
  const row = pane.locator('.monaco-list-row').first();
  await row.waitFor({ timeout: 60_000 });
  return (await row.getAttribute('aria-label')) ?? '';
}

describe('the VSIX in an editor', function () {
  this.timeout(300_000);

  let folder = '';
  let server: FaultServer | undefined;
  let editor: VsCode | undefined;
  let browser: Browser | undefined;

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'vsix-'));
    mkdirSync(path.join(folder, 'workspace'));
  });

  after(async () => {
    await browser?.close();
    await editor?.stop();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('installs', async () => {
    const host = await ensureTestHost();
    const extensions = path.join(folder, 'extensions');
    const install = spawnSync(
      process.execPath,
      [
        host.vscodeServer,
        ...['--install-extension', packedVsix(), '--extensions-dir', extensions],
        ...['--server-data-dir', path.join(folder, 'server'), '--accept-server-license-terms'],
      ],
      { encoding: 'utf8' },
    );
    assert.equal(install.status, 0, `${install.stdout}\n${install.stderr}`);
    assert.ok(
      readdirSync(extensions).includes(`mlflow-workbench.mlflow-workbench-${version}`),
      readdirSync(extensions).join(),
    );
  });

  it('activates and shows the experiments of a server', async () => {
    server = await startFaultServer();
    editor = await startVsCode({
      folder: path.join(folder, 'workspace'),
      extensionsDirectory: path.join(folder, 'extensions'),
      settings: { 'mlflow.trackingUri': server.url },
    });
    browser = await openBrowser();
    const page = await openWorkbench(browser, editor.url);
    await page.locator('.activitybar a[aria-label^="MLflow"]').click();
    assert.match(await firstRow(page, 'Experiments'), /experiment \d/);
    assert.ok(
      server.requests.some(({ path: asked }) => asked.includes('/experiments/search')),
      'the server was not asked',
    );
  });

  it('speaks Korean in a Korean editor', async () => {
    assert.ok(browser && editor);
    const page = await openWorkbench(browser, editor.url, {
      locale: 'ko',
      // What a language pack would set: the editor's own texts stay English, the extension's do not.
      async prepare(window) {
        await window.addInitScript(
          'Object.defineProperty(globalThis, "_VSCODE_NLS_LANGUAGE", { get: () => "ko", set() {} })',
        );
      },
    });
    await page.locator('.activitybar a[aria-label^="MLflow"]').click();
    await page.locator('.pane-header[aria-label*="실험"]').waitFor({ timeout: 60_000 });
    await firstRow(page, '실험');
    await page.locator('.pane-header[aria-label*="모델"]').waitFor();
  });
});
