import type { Browser, Page } from 'playwright-core';
import { type Comparison, comparisons } from './compareData.mts';
import { type Harness, openOurs } from './comparePages.mts';
import { frameWork } from './frameWork.mts';
import { median } from './median.mts';

const rounds = 5;
const million = comparisons.million satisfies Comparison;

const series = () => {
  const steps = Float64Array.from({ length: million.points }, (_, step) => step);
  const timestamps = steps.map((step) => 1.7e12 + step * 100);
  const values = steps.map((step) => Math.exp(-step / 3e5) + 0.1 * Math.sin(step * step));
  return { key: million.key, steps, exactSteps: undefined, timestamps, values, complete: true };
};

/** Runs in the page: milliseconds from the arrival of the series to the frame after its lines were drawn. */
const timeArrival = (): Promise<number> =>
  new Promise((resolve) => {
    const arrived = (): void => {
      const started = performance.now();
      const look = (): void => {
        const charts = [...document.querySelectorAll('compare-chart')] as unknown as {
          drawnPoints: { x: Float64Array }[];
        }[];
        const isDrawn = charts.some(({ drawnPoints }) => (drawnPoints[0]?.x.length ?? 0) > 1);
        requestAnimationFrame(isDrawn ? () => resolve(performance.now() - started) : look);
      };
      requestAnimationFrame(look);
    };
    addEventListener('message', arrived, { capture: true, once: true });
  });

interface Opened {
  readonly page: Page;
  /** Milliseconds. */
  readonly arrival: number;
  close(expected?: RegExp): Promise<void>;
}

/** A page that has just got a million points, which its harness handed over once it could be timed. */
async function openWithMillion(harness: Harness, browser: Browser): Promise<Opened> {
  let release = (): void => undefined;
  let asked = (): void => undefined;
  const isAsked = new Promise<void>((resolve) => (asked = resolve));
  const isTimed = new Promise<void>((resolve) => (release = resolve));
  const answer = async () => {
    asked();
    await isTimed;
    return series();
  };
  const opened = await openOurs(harness, browser, answer, million);
  await isAsked;
  const arrival = opened.page.evaluate(timeArrival);
  // What the page is told to run is run in order.
  await opened.page.evaluate(() => undefined);
  release();
  return { page: opened.page, arrival: await arrival, close: (expected) => opened.close(expected) };
}

/** Zooms in and out with the wheel, then drags: three seconds of what a hand does. */
async function zoomAndPan(page: Page): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 1280, height: 800 };
  const box = (await page.locator('compare-chart canvas').count())
    ? await page.locator('compare-chart canvas').first().boundingBox()
    : { x: 0, y: 0, width, height };
  const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
  await page.mouse.move(x, y);
  await page.keyboard.down('Control');
  for (let turn = 0; turn < 90; turn++) {
    await page.mouse.wheel(0, turn < 60 ? -60 : 60);
  }
  await page.keyboard.up('Control');
  await page.keyboard.down('Shift');
  await page.mouse.down();
  for (let move = 0; move < 90; move++) {
    await page.mouse.move(x + 100 * Math.sin(move / 10), y);
  }
  await page.mouse.up();
  await page.keyboard.up('Shift');
}

/** Prints how long a million points take to be drawn, and what zooming and panning costs in a frame. */
export async function measurePainting(harness: Harness, browser: Browser): Promise<void> {
  const arrivals: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const opened = await openWithMillion(harness, browser);
    arrivals.push(opened.arrival);
    if (round === rounds - 1) {
      const ours = await frameWork(browser, opened.page, () => zoomAndPan(opened.page));
      const empty = await browser.newPage();
      await empty.goto('data:text/html,<title>empty</title>');
      const idle = await frameWork(browser, empty, () => zoomAndPan(empty));
      await empty.close();
      console.log(
        `zoom and pan over 1,000,000 points: main thread ${ours.p95.toFixed(1)} ms a frame at p95 (of 8), ` +
          `${(ours.dropped * 100).toFixed(1)} % of frames dropped, on an empty page ${(idle.dropped * 100).toFixed(1)} %`,
      );
    }
    await opened.close(/./);
  }
  console.log(
    `1,000,000 points painted ${median(arrivals).toFixed(0)} ms after they are in the page (of 200)`,
  );
}
