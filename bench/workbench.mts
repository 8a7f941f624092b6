import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { Agent, request } from 'undici';
import { startMlflow } from '../scripts/mlflowServer.mts';
import { root } from '../scripts/paths.mts';
import { ensurePython } from '../scripts/pythonEnvironment.mts';
import { runCommand } from '../scripts/runCommand.mts';
import { openBrowser, openWorkbench } from '../test/support/browser.mts';
import { startVsCode } from '../test/support/vscodeHost.mts';
import { editorFigures } from './editorFigures.mts';
import { median } from './median.mts';

/*
 * What the product costs in a real window: rows on screen against a bare request for the same reply,
 * activation, and how long our code ever holds the extension host.
 */

const windows = 7;

/** Milliseconds of one request for the first 100 runs, on a connection that is open. */
const bareRequest = async (
  dispatcher: Agent,
  url: string,
  experimentId: string,
): Promise<number> => {
  const started = performance.now();
  const reply = await request(`${url}/api/2.0/mlflow/runs/search`, {
    dispatcher,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      experiment_ids: [experimentId],
      order_by: ['attributes.start_time DESC'],
      run_view_type: 'ACTIVE_ONLY',
      max_results: 100,
    }),
  });
  JSON.parse(await reply.body.text());
  return performance.now() - started;
};

/** Milliseconds from the click on an experiment to the first row of a run, as the page sees them. */
const rowsOnScreen = async (page: Page, index: number): Promise<number> => {
  const experiment = page.locator('.monaco-list-row[aria-label^="bulk "]').nth(index);
  const took = await experiment.locator('.monaco-tl-twistie').evaluate((element) => {
    const started = performance.now();
    return new Promise<number>((resolve) => {
      new MutationObserver((_changes, observer) => {
        if (document.querySelector('.monaco-list-row[aria-label^="bulk-run-"]') === null) return;
        observer.disconnect();
        requestAnimationFrame(() => resolve(performance.now() - started));
      }).observe(document.body, { childList: true, subtree: true });
      (element as HTMLElement).click();
    });
  });
  await experiment.locator('.monaco-tl-twistie').click();
  await page
    .locator('.monaco-list-row[aria-label^="bulk-run-"]')
    .first()
    .waitFor({ state: 'detached' });
  return took;
};

/** Each experiment is opened once in one window, with a bare request for it before and after. */
const measureRows = async (
  browser: Browser,
  url: string,
  experimentIds: readonly string[],
): Promise<void> => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'bench-rows-'));
  const code = await startVsCode({
    folder,
    extensionDevelopmentPath: root,
    settings: { 'mlflow.trackingUri': url },
  });
  const dispatcher = new Agent();
  const page = await openWorkbench(browser, code.url);
  await page.locator('.activitybar [aria-label="MLflow"]').first().click();
  await page.locator('.monaco-list-row[aria-label^="bulk "]').first().waitFor();
  await settled(dispatcher, url);
  const screen: number[] = [];
  const bare: number[] = [];
  for (const [index, experimentId] of experimentIds.entries()) {
    bare.push(await bareRequest(dispatcher, url, experimentId));
    screen.push(await rowsOnScreen(page, index));
    bare.push(await bareRequest(dispatcher, url, experimentId));
  }
  await page.context().close();
  await dispatcher.close();
  await code.stop();
  await rm(folder, { recursive: true, force: true });
  const [ours, theirs] = [median(screen), median(bare)];
  print('first 100 of 5,000 runs on screen, p50', `${ours.toFixed(0)} ms`);
  print('bare request for the same reply, p50', `${theirs.toFixed(0)} ms`);
  print('(screen - 50 ms) / bare, at most 1.05', ((ours - 50) / theirs).toFixed(2));
};

/** A window that has just opened is busy with itself: waits until the machine answers evenly. */
const settled = async (dispatcher: Agent, url: string): Promise<void> => {
  const pings: number[] = [];
  do {
    const started = performance.now();
    await (await request(`${url}/health`, { dispatcher })).body.text();
    pings.push(performance.now() - started);
    await delay(100);
  } while (pings.length < 50 || Math.max(...pings.slice(-20)) > 4 * median(pings.slice(-20)));
};

const print = (what: string, figure: string): void => {
  process.stdout.write(`${what.padEnd(56)} ${figure}\n`);
};

const main = async (): Promise<void> => {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'bench-mlflow-'));
  await mkdir(directory, { recursive: true });
  const python = await ensurePython('demo');
  const server = await startMlflow({ python, directory });
  const bulk = async (runs: number): Promise<string> => {
    const script = path.join(root, 'bench', 'bulkRuns.py');
    const database = path.join(directory, 'mlflow.db');
    return (await runCommand(python, [script, database, String(runs)])).trim();
  };
  const browser = await openBrowser();
  try {
    const experiments: string[] = [];
    while (experiments.length < windows) experiments.push(await bulk(5000));
    await measureRows(browser, server.url, experiments.toReversed());
    await browser.close();
    const inEditor = (env: Readonly<Record<string, string>>): Promise<Record<string, number>> =>
      editorFigures('bench/inEditor.ts', {
        settings: { 'mlflow.trackingUri': env['BENCH_URL'] ?? '', 'mlflow.pageSize': 1000 },
        env,
        onLine: (line) => {
          if (line.includes('LONGEST '))
            print('in the longest piece', line.replace(/.*LONGEST /, ''));
        },
      });
    const loads: number[] = [];
    const activations: number[] = [];
    for (let index = 0; index < windows; index++) {
      const { load, run } = await inEditor({ BENCH_WHAT: 'activation' });
      loads.push(load ?? NaN);
      activations.push(run ?? NaN);
    }
    print('loading the bundle, p50', `${median(loads).toFixed(1)} ms`);
    print('activate(), p50', `${median(activations).toFixed(1)} ms`);
    const both = loads.map((load, index) => load + (activations[index] ?? NaN));
    print('loading and activating, p50, at most 15 ms', `${median(both).toFixed(1)} ms`);
    const held = await inEditor({
      BENCH_WHAT: 'profile',
      BENCH_URL: server.url,
      BENCH_EXPERIMENT: await bulk(10_000),
    });
    print('runs loaded', String(held['runs']));
    print('longest our code held the host, at most 50 ms', `${held['longest']?.toFixed(1)} ms`);
    print('longest drawing of one row', `${held['longestRow']?.toFixed(1)} ms`);
    print('our code in all while loading them', `${held['total']?.toFixed(0)} ms`);
  } finally {
    await browser.close();
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
};

await main();
