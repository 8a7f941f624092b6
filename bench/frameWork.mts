import type { Browser, Page } from 'playwright-core';

/** What frames cost while something was done. */
export interface FrameWork {
  /** Milliseconds of work of the main thread between two frames, at p95 of frames with any. */
  readonly p95: number;
  /** The share of frames that came later than one and a half times the usual. */
  readonly dropped: number;
}

interface TraceEvent {
  readonly name: string;
  readonly tid: number;
  readonly pid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Of the processor alone. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

const categories = [
  'disabled-by-default-devtools.timeline',
  'devtools.timeline',
  '__metadata',
  'toplevel',
];
/** Microseconds between two frames of a display of 60 Hz. */
const frame = 16_667;

/** Traces the page's main thread while `act` runs; the page has to be the one in front. */
export async function frameWork(
  browser: Browser,
  page: Page,
  act: () => Promise<void>,
): Promise<FrameWork> {
  await page.bringToFront();
  await page.evaluate(recordFrames);
  await browser.startTracing(page, { categories });
  await act();
  const trace = await browser.stopTracing();
  const times = await page.evaluate(() => (globalThis as unknown as { frames: number[] }).frames);
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  return { p95: workAtP95(traceEvents), dropped: droppedShare(times) };
}

/** Runs in the page: notes when frames come. */
function recordFrames(): void {
  const frames: number[] = [];
  Object.assign(globalThis, { frames });
  const note = (time: number): void => {
    frames.push(time);
    requestAnimationFrame(note);
  };
  requestAnimationFrame(note);
}

/** Tasks of the renderer's main thread with most of them, by the frame in which they began. */
function workAtP95(events: readonly TraceEvent[]): number {
  const mains = events
    .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
    .map(({ pid, tid }) =>
      events.filter((each) => each.pid === pid && each.tid === tid && isTask(each)),
    );
  const tasks = mains.toSorted((a, b) => b.length - a.length)[0] ?? [];
  const byFrame = new Map<number, number>();
  for (const { ts, dur = 0, tdur = dur } of tasks) {
    const at = Math.floor(ts / frame);
    byFrame.set(at, (byFrame.get(at) ?? 0) + tdur / 1000);
  }
  const work = [...byFrame.values()].toSorted((a, b) => a - b);
  return work[Math.floor(work.length * 0.95)] ?? NaN;
}

/** Another event of the same length lies within each of these. */
const isTask = ({ name }: TraceEvent): boolean => name === 'RunTask';

function droppedShare(times: readonly number[]): number {
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  const late = gaps.reduce(
    (sum, gap) => sum + Math.max(0, Math.round((gap * 1000) / frame) - 1),
    0,
  );
  return late / (gaps.length + late);
}
