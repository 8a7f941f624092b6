import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { root } from '../scripts/paths.mts';
import type { TrackingStore } from '../src/mlflow/trackingStore.ts';
import type { PageOptions } from '../test/page/harness.ts';
import type { RunDraft } from '../test/page/fixtures.ts';
import type { Comparison } from './compareData.mts';

/** Milliseconds from opening the page. */
export interface PageTimes {
  readonly first: number;
  readonly all: number;
}

interface Opened {
  readonly page: Page;
  close(expected?: RegExp): Promise<void>;
}

/** The harness of the page's tests. */
export interface Harness {
  readonly PageUnderTest: { open(browser: Browser, options: PageOptions): Promise<Opened> };
  readonly RunsFixture: new (...drafts: readonly RunDraft[]) => {
    init(): PageOptions['init'];
  };
}

type AnswerSeries = NonNullable<NonNullable<PageOptions['answers']>['series']>;

const never = new AbortController().signal;
/** A chart has that much time. */
const timeout = 120_000;

/** Bundles the harness to where packages are found. */
export async function bundleHarness(): Promise<Harness> {
  const outfile = path.join(root, 'out-test', 'bench', 'harness.mjs');
  await build({
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    stdin: {
      resolveDir: root,
      contents: `
        export { PageUnderTest } from './test/page/harness';
        export { RunsFixture } from './test/page/fixtures';`,
    },
  });
  return (await import(pathToFileURL(outfile).href)) as Harness;
}

/** Runs in our page: whether so many curves are painted. */
const painted = (wanted: number): boolean =>
  [...document.querySelectorAll('compare-chart')]
    .flatMap((chart) => (chart as unknown as { drawnPoints: { x: Float64Array }[] }).drawnPoints)
    .filter(({ x }) => x.length > 1).length >= wanted;

/** Runs in MLflow's page: whether Plotly has painted so many curves. */
const paintedByPlotly = (wanted: number): boolean =>
  [...document.querySelectorAll('.js-line')].filter(
    (line) => (line.getAttribute('d') ?? '').length > 100,
  ).length >= wanted;

async function untilPainted(
  page: Page,
  isPainted: (wanted: number) => boolean,
  wanted: number,
  started: number,
): Promise<number> {
  await page.waitForFunction(isPainted, wanted, { polling: 'raf', timeout });
  return performance.now() - started;
}

/** Opens our page, with someone who answers when it asks for series. */
export async function openOurs(
  { PageUnderTest, RunsFixture }: Harness,
  browser: Browser,
  series: AnswerSeries,
  { runIds, key, points }: Comparison,
): Promise<Opened> {
  const fixture = new RunsFixture(
    ...runIds.map((runId, index) => ({
      key: runId,
      runId,
      name: `run-${index}`,
      metrics: { [key]: [0.05, points - 1] as const },
    })),
  );
  return PageUnderTest.open(browser, {
    init: fixture.init(),
    answers: { series },
  });
}

/** When the first curve and all of them are painted on our page. */
export async function timeOurs(
  harness: Harness,
  browser: Browser,
  store: TrackingStore,
  comparison: Comparison,
): Promise<PageTimes> {
  await store.serverInfo(never);
  const started = performance.now();
  const lastStep = comparison.points - 1;
  const series: AnswerSeries = ({ run, metric, whole, fromStep }, signal) =>
    whole
      ? store.metricHistory(run, metric, { maxPoints: Infinity }, signal)
      : store.sampledHistory(run, metric, { fromStep, lastStep }, signal);
  const opened = await openOurs(harness, browser, series, comparison);
  const first = await untilPainted(opened.page, painted, 1, started);
  const all = await untilPainted(opened.page, painted, comparison.runIds.length, started);
  await opened.close(/./);
  return { first, all };
}

/** The same for the charts of an experiment on MLflow's own page, which shows ten runs at first. */
export async function timeTheirs(
  browser: Browser,
  url: string,
  { experimentId, runIds }: Comparison,
): Promise<PageTimes> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const started = performance.now();
  await page.goto(`${url}/#/experiments/${experimentId}/runs?compareRunsMode=CHART`);
  const first = await untilPainted(page, paintedByPlotly, 1, started);
  const shown = Math.min(10, runIds.length);
  const all = await untilPainted(page, paintedByPlotly, shown, started);
  await context.close();
  return { first, all };
}
