/**
 * How soon the runs of a 5,000-run experiment are there: the first rows of the table in a real window against MLflow's own
 * page in the same Chromium, and all of them as the table reads them against bare requests for the same pages, taking turns.
 * Needs Node 24 and about three minutes; prints ratios.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { Agent, request } from 'undici';
import { startMlflow } from '../scripts/mlflowServer.mts';
import { root } from '../scripts/paths.mts';
import { ensurePython } from '../scripts/pythonEnvironment.mts';
import { runCommand } from '../scripts/runCommand.mts';
import type { TrackingStore } from '../src/mlflow/trackingStore.ts';
import { openBrowser, openWorkbench } from '../test/support/browser.mts';
import { startVsCode } from '../test/support/vscodeHost.mts';
import { bundleSources } from './bundleSources.mts';
import { median } from './median.mts';

const runCount = 5000;
const timeout = 60_000;

interface Reading {
  /** Reads all runs into the rows of a table; resolves to how many, and after how many milliseconds the first were there. */
  readAll(
    store: TrackingStore,
    experimentId: string,
  ): Promise<{ readonly count: number; readonly first: number }>;
  open(uri: string, workerFile: string): { readonly store: TrackingStore; dispose(): void };
}

const source = `
  import { StoreWorker } from './src/stores/remoteStore';
  import { TableReader } from './src/state/tableReader';
  import { TableRows } from './src/state/tableRows';
  export const open = (uri, file) => {
    const host = new StoreWorker(file, log);
    return { store: host.open({ uri }), dispose: () => host.dispose() };
  };
  export const readAll = async (store, experimentId) => {
    const started = performance.now();
    const rows = new TableRows();
    let first;
    const reader = new TableReader({
      scope: { connection: 'a', experimentIds: [experimentId], store: { ask: (work) => work(store) } },
      query: { filters: [], view: 'active' },
      rows,
      seen: () => Promise.resolve(),
      onRows: () => { first ??= performance.now() - started; },
      onGone: quiet,
    });
    await reader.readWhole(new AbortController().signal);
    return { count: rows.found, first };
  };`;

/** All runs by bare requests for pages of the same sizes. */
async function readBare(url: string, experimentId: string, dispatcher: Agent): Promise<number> {
  let token: string | undefined;
  let count = 0;
  for (let size = 100; ; size = 1000) {
    const reply = await request(`${url}/api/2.0/mlflow/runs/search`, {
      dispatcher,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        experiment_ids: [experimentId],
        run_view_type: 'ACTIVE_ONLY',
        max_results: size,
        page_token: token,
      }),
    });
    const page = JSON.parse(await reply.body.text()) as {
      runs: readonly unknown[];
      next_page_token?: string;
    };
    count += page.runs.length;
    token = page.next_page_token;
    if (token === undefined) return count;
  }
}

async function time<T>(work: () => Promise<T>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function measureAll(url: string, experimentId: string, folder: string): Promise<void> {
  const { exported, workerFile } = await bundleSources<Reading>(folder, () => source);
  const opened = exported.open(url, workerFile);
  const agent = new Agent({ connections: 8, pipelining: 1 });
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let round = -1; round < 6; round++) {
    const theirs = await time(() => readBare(url, experimentId, agent));
    const mine = await time(async () => {
      const { count } = await exported.readAll(opened.store, experimentId);
      if (count !== runCount) throw new Error(`${count} runs instead of ${runCount}`);
    });
    if (round >= 0) {
      ours.push(mine);
      bare.push(theirs);
    }
  }
  const [a, b] = [median(ours), median(bare)];
  console.log(
    `all ${runCount} runs: ours ${a.toFixed(0)} ms, bare requests ${b.toFixed(0)} ms, ` +
      `x${(a / b).toFixed(2)} (of 1.05)`,
  );
  await agent.close();
  opened.dispose();
}

/** Milliseconds from opening the address to the first run on MLflow's own page. */
async function theirs(browser: Browser, url: string, experimentId: string): Promise<number> {
  const page = await browser.newPage();
  const took = await time(async () => {
    await page.goto(`${url}/#/experiments/${experimentId}/runs`);
    await page.getByText('bulk-run-').first().waitFor({ timeout });
  });
  await page.close();
  return took;
}

async function measureFirst(url: string, experimentId: string, folder: string): Promise<void> {
  const browser = await openBrowser();
  const code = await startVsCode({
    folder,
    extensionDevelopmentPath: root,
    settings: { 'mlflow.trackingUri': url },
  });
  try {
    const page = await openWorkbench(browser, code.url);
    await page.locator('.activitybar a[aria-label^="MLflow"]').click();
    const row = page.locator('.monaco-list-row[aria-label^="bulk "]').first();
    await row.waitFor({ timeout });
    const [ours, official]: [number[], number[]] = [[], []];
    for (let round = -1; round < 5; round++) {
      const other = await theirs(browser, url, experimentId);
      await row.hover();
      const button = row.getByRole('button', { name: 'Open Runs Table' });
      await button.waitFor({ timeout });
      const mine = await time(async () => {
        await button.click();
        await page
          .frameLocator('iframe.webview.ready')
          .frameLocator('#active-frame')
          .getByText('bulk-run-')
          .first()
          .waitFor({ timeout });
      });
      await page.keyboard.press('ControlOrMeta+F4');
      await page.getByRole('tab', { name: 'Runs: bulk' }).waitFor({ state: 'detached', timeout });
      if (round >= 0) {
        ours.push(mine);
        official.push(other);
      }
    }
    const [a, b] = [median(ours), median(official)];
    console.log(
      `first rows of ${runCount} runs: ours ${a.toFixed(0)} ms, MLflow's page ${b.toFixed(0)} ms, ` +
        `${(b / a).toFixed(1)} times as soon (of 5)`,
    );
  } finally {
    await code.stop();
    await browser.close();
  }
}

const folder = await mkdtemp(path.join(tmpdir(), 'bench-runs-'));
const python = await ensurePython('demo');
const server = await startMlflow({ python, directory: folder });
try {
  const script = path.join(root, 'bench', 'bulkRuns.py');
  const database = path.join(folder, 'mlflow.db');
  const experimentId = (await runCommand(python, [script, database, String(runCount)])).trim();
  await measureAll(server.url, experimentId, folder);
  await measureFirst(server.url, experimentId, folder);
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
