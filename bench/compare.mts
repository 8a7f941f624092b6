/**
 * Comparing long series over REST: our store worker and page against MLflow's own page and its requests, on one MLflow 3.17.2
 * server with one worker, ten runs of 100,000 points, one of 1,000,000 and a hundred of 10,000; then what the page does
 * with a million points, and what it weighs. Both pages run in the same headless Chromium, taking turns.
 * Needs Node 24, about ten minutes, 1 GB of disk and a machine that does nothing else; prints medians and ratios.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import type { TrackingStore } from '../src/mlflow/trackingStore.ts';
import { openBrowser } from '../test/support/browser.mts';
import { bundleStores } from './bundleStores.mts';
import { type Comparison, comparisons, startWithSeries } from './compareData.mts';
import { type PageTimes, bundleHarness, timeOurs, timeTheirs } from './comparePages.mts';
import { countExtremes } from './compareExtremes.mts';
import { measurePainting } from './comparePainting.mts';
import { printSizes } from './compareSizes.mts';
import { compareStores } from './compareStore.mts';
import { median } from './median.mts';

const rounds = 3;

/** Prints when curves are painted on our page and on MLflow's. */
async function comparePages(store: TrackingStore, url: string, browser: Browser): Promise<void> {
  const harness = await bundleHarness();
  for (const comparison of [comparisons.ten, comparisons.million]) {
    const [mine, server]: [PageTimes[], PageTimes[]] = [[], []];
    for (let round = -1; round < rounds; round++) {
      const ours = await timeOurs(harness, browser, store, comparison);
      const theirs = await timeTheirs(browser, url, comparison);
      if (round >= 0) {
        mine.push(ours);
        server.push(theirs);
      }
    }
    report(comparison, mine, server);
  }
}

function report(
  { what }: Comparison,
  mine: readonly PageTimes[],
  server: readonly PageTimes[],
): void {
  for (const which of ['first', 'all'] as const) {
    const [own, peer] = [mine, server].map((times) => median(times.map((each) => each[which])));
    const ratio = ((peer ?? NaN) / (own ?? NaN)).toFixed(1);
    console.log(
      `${what}, ${which} painted: ours ${own?.toFixed(0)} ms, MLflow's page ${peer?.toFixed(0)} ms, ${ratio} x sooner`,
    );
  }
}

const folder = await mkdtemp(path.join(tmpdir(), 'bench-compare-'));
const server = await startWithSeries(folder);
const { stores, workerFile } = await bundleStores(folder);
const worker = stores.worker(server.url, workerFile);
const store = worker.open();
const browser = await openBrowser();
try {
  printSizes();
  await countExtremes(folder);
  await compareStores(store, server.url);
  await comparePages(store, server.url, browser);
  await measurePainting(await bundleHarness(), browser);
} finally {
  await browser.close();
  store.dispose();
  worker.dispose();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
