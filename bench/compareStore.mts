import type { TrackingStore } from '../src/mlflow/trackingStore.ts';
import { ask } from './againstServer.mts';
import { type Comparison, comparisons } from './compareData.mts';
import { median } from './median.mts';

/** Milliseconds from the start. */
interface Times {
  readonly first: number;
  readonly all: number;
}

const never = new AbortController().signal;
const interval = 'ajax-api/2.0/mlflow/metrics/get-history-bulk-interval';

/** As our page does it: one request a run, four at a time. */
async function ours(store: TrackingStore, { runIds, key, points }: Comparison): Promise<Times> {
  const started = performance.now();
  const left = [...runIds];
  let first = Infinity;
  const readNext = async (): Promise<void> => {
    for (let run = left.shift(); run !== undefined; run = left.shift()) {
      const { values } = await store.sampledHistory(run, key, { lastStep: points - 1 }, never);
      if (values.length < 1_000) throw new Error(`${values.length} points of ${run}`);
      first = Math.min(first, performance.now() - started);
    }
  };
  await Promise.all([readNext(), readNext(), readNext(), readNext()]);
  return { first, all: performance.now() - started };
}

/** As MLflow's own pages do it: all runs at once, 320 points each. */
async function theirs(url: string, { runIds, key }: Comparison): Promise<Times> {
  const ids = runIds.map((id) => `run_ids=${id}`).join('&');
  const started = performance.now();
  const { metrics } = await ask<{ metrics: object[] }>(
    `${url}/${interval}?${ids}&metric_key=${key}&max_results=320`,
  );
  if (metrics.length !== 320 * runIds.length) throw new Error(`${metrics.length} points`);
  const all = performance.now() - started;
  return { first: all, all };
}

/** Prints when the first and all series are there, with our store and with the request of MLflow's own pages. */
export async function compareStores(store: TrackingStore, url: string): Promise<void> {
  await store.serverInfo(never);
  for (const comparison of Object.values(comparisons)) {
    await ours(store, comparison);
    await theirs(url, comparison);
    const [mine, server]: [Times[], Times[]] = [[], []];
    for (let round = 0; round < 3; round++) {
      mine.push(await ours(store, comparison));
      server.push(await theirs(url, comparison));
    }
    const of = (times: readonly Times[], which: keyof Times): number =>
      median(times.map((each) => each[which]));
    const peer = of(server, 'all');
    for (const which of ['first', 'all'] as const) {
      const own = of(mine, which);
      console.log(
        `${comparison.what}, ${which}: ours ${own.toFixed(0)} ms, one request of MLflow's page ${peer.toFixed(0)} ms, x${(own / peer).toFixed(2)}`,
      );
    }
  }
}
