/**
 * The runs page with 10,000 runs of 1,000 columns, and with 12,000 columns, in a headless Chromium: work of the main thread
 * while the table is scrolled both ways, dropped frames against an empty page, how long sorting takes, elements and memory.
 * Needs Node 24 and about two minutes; prints figures with what is wanted.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { root } from '../scripts/paths.mts';
import type { ColumnPart, RunRow } from '../src/protocol/runsPage.ts';
import type { RunsPageUnderTest } from '../test/page/runsPage.ts';
import { openBrowser } from '../test/support/browser.mts';
import { frameWork } from './frameWork.mts';
import { median } from './median.mts';

interface Harness {
  readonly RunsPageUnderTest: typeof RunsPageUnderTest;
}

interface Events {
  readonly rows: readonly RunRow[];
  readonly columns: readonly ColumnPart[];
}

const chunk = 500;
const seconds = 3;

async function bundleHarness(): Promise<Harness> {
  const outfile = path.join(root, 'out-test', 'bench', 'runsHarness.mjs');
  await build({
    ...{ outfile, bundle: true, packages: 'external', platform: 'node', format: 'esm' },
    entryPoints: [path.join(root, 'test', 'page', 'runsPage.ts')],
  });
  return (await import(pathToFileURL(outfile).href)) as Harness;
}

function row(at: number): RunRow {
  return {
    ...{ at, key: `run-${at}`, runId: at.toString(16).padStart(32, '0'), name: `run ${at}` },
    ...{ experiment: 'lab', status: at % 9 === 0 ? 'FAILED' : 'FINISHED', deleted: false },
    ...{ startTime: 1.76e12 - at * 1000, endTime: 1.76e12 - at * 500, user: `user ${at % 7}` },
    parent: at % 10 === 0 ? undefined : (at - (at % 10)).toString(16).padStart(32, '0'),
    ...{ color: at % 12, source: 'train.py', commit: 'c0ffee', datasets: '', artifactUri: '' },
  };
}

/** `count` rows from `from` on, with half of the columns metrics and half params. */
function rowsWith(from: number, count: number, columns: number): Events {
  const at = Uint32Array.from({ length: count }, (_, index) => from + index);
  const half = columns / 2;
  return {
    rows: Array.from(at, (place) => row(place)),
    columns: [
      ...Array.from({ length: half }, (_, column): ColumnPart => ({
        ...{ kind: 'metric', key: `m/${column}`, at },
        values: Float64Array.from(at, (place) => Math.sin(place * 12.9898 + column)),
      })),
      ...Array.from({ length: half }, (_, column): ColumnPart => ({
        ...{ kind: 'param', key: `p/${column}`, at },
        texts: Array.from(at, (place) => `${(place * 7919 + column) % 97}`),
      })),
    ],
  };
}

/** A table of so many runs and columns, all of them shown. */
async function openTable(
  { RunsPageUnderTest }: Harness,
  browser: Browser,
  runs: number,
  columns: number,
): Promise<RunsPageUnderTest> {
  const half = columns / 2;
  const keys = (prefix: string): string[] =>
    Array.from({ length: half }, (_, column) => `${prefix}/${column}`);
  const layout = { columns: [...keys('metric:m'), ...keys('param:p')] };
  const opened = await RunsPageUnderTest.open(browser, {
    init: { layout },
    answers: { read: async () => ({ reading: 1 }) },
  });
  await opened.untilSaid('read');
  for (let from = 0; from < runs; from += chunk)
    opened.emit('rows', { reading: 1, ...rowsWith(from, Math.min(chunk, runs - from), columns) });
  const done = { standing: 'complete', problem: undefined, readAt: Date.now() } as const;
  opened.emit('progress', { reading: 1, found: runs, ...done });
  await opened.page.waitForFunction(
    (count) => document.querySelector('[aria-rowcount]')?.ariaRowCount === String(count + 1),
    runs,
    { timeout: 180_000, polling: 100 },
  );
  return opened;
}

/** Runs in the page: scrolls by so many pixels with each frame. */
const scroll = ({ x, y, time }: { x: number; y: number; time: number }): Promise<void> =>
  new Promise((resolve) => {
    const grid = document.querySelector('wide-grid');
    const end = performance.now() + time;
    const step = (): void => {
      grid?.scrollBy(x, y);
      if (performance.now() < end) requestAnimationFrame(step);
      else resolve();
    };
    requestAnimationFrame(step);
  });

async function scrollBy(page: Page, x: number, y: number): Promise<void> {
  await page.evaluate(scroll, { x, y, time: seconds * 1000 });
}

async function measureScrolling(browser: Browser, page: Page): Promise<void> {
  const empty = await browser.newPage();
  await empty.goto('data:text/html,<title>empty</title>');
  const idle = await frameWork(browser, empty, () => scrollBy(empty, 0, 1));
  await empty.close();
  for (const [what, x, y] of [
    ['down, 5 rows a frame', 0, 110],
    ['down, 40 rows a frame', 0, 880],
    ['across, a column a frame', 90, 0],
    ['across, a page a frame', 1200, 0],
    ['both ways', 90, 110],
  ] as const) {
    await page.evaluate(() => document.querySelector('wide-grid')?.scrollTo(0, 0));
    const ours = await frameWork(browser, page, () => scrollBy(page, x, y));
    const elements = await page.evaluate(() => document.querySelectorAll('*').length);
    console.log(
      `scrolling ${what}: main thread ${ours.p95.toFixed(1)} ms a frame at p95 (of 8), ` +
        `${(ours.dropped * 100).toFixed(1)} % of frames dropped, on an empty page ` +
        `${(idle.dropped * 100).toFixed(1)} %; ${elements} elements (of 3,000)`,
    );
  }
}

/** Runs in the page: milliseconds from a press on a column's head until its order is drawn. */
const timeSort = (): Promise<number> =>
  new Promise((resolve) => {
    const grid = document.querySelector('wide-grid');
    const head = grid?.querySelectorAll('[role="columnheader"]')[2];
    const before = head?.ariaSort;
    const started = performance.now();
    for (const type of ['pointerdown', 'pointerup'])
      head?.dispatchEvent(new PointerEvent(type, { bubbles: true, button: 0, clientX: 1 }));
    const look = (): void => {
      if (head?.ariaSort !== before) resolve(performance.now() - started);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });

async function measureSorting(page: Page): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < 6; round++) times.push(await page.evaluate(timeSort));
  console.log(`sorting 10,000 runs: ${median(times).toFixed(0)} ms (of 200)`);
}

async function measureMemory(browser: Browser, page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = (await session.send('Runtime.getHeapUsage')) as {
    usedSize: number;
    backingStorageSize?: number;
  };
  const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);
  console.log(
    `10,000 runs of 1,000 columns: ${megabytes(usedSize)} MB of objects and ` +
      `${megabytes(backingStorageSize ?? 0)} MB of arrays (of 120 in all)`,
  );
  void browser;
}

const browser = await openBrowser();
try {
  const harness = await bundleHarness();
  const large = await openTable(harness, browser, 10_000, 1000);
  await measureMemory(browser, large.page);
  await measureSorting(large.page);
  await measureScrolling(browser, large.page);
  await large.close(/./);
  const started = performance.now();
  const wide = await openTable(harness, browser, 100, 12_000);
  console.log(
    `12,000 columns of 100 runs: shown after ${(performance.now() - started).toFixed(0)} ms`,
  );
  const across = await frameWork(browser, wide.page, () => scrollBy(wide.page, 4000, 0));
  console.log(`12,000 columns: main thread ${across.p95.toFixed(1)} ms a frame at p95`);
  await wide.close(/./);
} finally {
  await browser.close();
}
