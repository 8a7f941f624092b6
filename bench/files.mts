/**
 * A store of files read in its place against `mlflow server` with one worker on the same folder: pages of runs, the
 * curves of 100 runs, one long series. Ours goes through the store worker, to where the editor's side has it, and
 * remembers nothing of what it read before, except where that is said.
 * Needs Node 24, about three minutes and 1 GB; prints medians and ratios.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { startMlflow } from '../scripts/mlflowServer.mts';
import { ensurePython } from '../scripts/pythonEnvironment.mts';
import type { TrackingStore } from '../src/mlflow/trackingStore.ts';
import { ask, compare, memoryNow, type Work } from './againstServer.mts';
import { bundleStores } from './bundleStores.mts';
import { counts, curveRuns, longRun, seedFiles } from './fileSeed.mts';

const never = new AbortController().signal;
const interval = 'ajax-api/2.0/mlflow/metrics/get-history-bulk-interval';

const readRuns = async (store: TrackingStore, maxResults: number): Promise<number> =>
  (await store.searchRuns({ experimentIds: ['1'], view: 'active', maxResults }, never)).items
    .length;

const readSeries = async (store: TrackingStore, runs: readonly string[]): Promise<number> => {
  const read = runs.map((id) => store.metricHistory(id, 'loss', { maxPoints: 1e7 }, never));
  return (await Promise.all(read)).reduce((sum, { values }) => sum + values.length, 0);
};

/** What MLflow's own pages ask for when runs are compared: how many runs came. */
const askSeries =
  (url: string, runs: readonly string[]): Work =>
  async () => {
    const ids = runs.map((id) => `run_ids=${id}`).join('&');
    const { metrics } = await ask<{ metrics: { run_id: string }[] }>(
      `${url}/${interval}?${ids}&metric_key=loss&max_results=320`,
    );
    return new Set(metrics.map((each) => each.run_id)).size;
  };

/** What is left in the memory of a thread after everything was read and let go. */
async function memory(store: TrackingStore): Promise<void> {
  await store.getRun(longRun, never);
  console.log(`memory at the start: ${memoryNow()}`);
  const kept = [
    await store.searchRuns({ experimentIds: ['1'], view: 'all', maxResults: 1_000 }, never),
  ];
  await readSeries(store, [longRun]);
  console.log(`memory with 1,000 runs in hand: ${memoryNow()}`);
  kept.pop();
  await readSeries(store, curveRuns);
  console.log(`memory when they are let go, with what the store remembers: ${memoryNow()}`);
  store.dispose();
  console.log(`memory when the store is closed: ${memoryNow()}`);
}

const folder = await mkdtemp(path.join(tmpdir(), 'bench-files-'));
const root = path.join(folder, 'mlruns');
seedFiles(root);
const { stores, workerFile } = await bundleStores(folder);
await memory(stores.files(root));
const worker = stores.worker(pathToFileURL(root).href, workerFile);
let store = worker.open();
const server = await startMlflow({
  python: await ensurePython('demo'),
  directory: folder,
  backend: root,
  env: { MLFLOW_ALLOW_FILE_STORE: 'true' },
});
const { url } = server;

/** With a store that remembers nothing, in a worker that runs. */
const anew = (work: Work): Work => {
  return () => {
    store.dispose();
    store = worker.open();
    return work();
  };
};
const askRuns =
  (count: number): Work =>
  async () => {
    const body = { experiment_ids: ['1'], max_results: count };
    const { runs } = await ask<{ runs: object[] }>(`${url}/api/2.0/mlflow/runs/search`, body);
    return runs.length;
  };
const all = counts.runs;
const page = (): Promise<number> => readRuns(store, 100);
const everything = (): Promise<number> => readRuns(store, all);
const long = (): Promise<number> => readSeries(store, [longRun]);
try {
  await compare('the first 100 of 1,000 runs', [100, 100], anew(page), askRuns(100), 10);
  await compare('the same once more', [100, 100], page, askRuns(100), 10);
  await compare('all of 1,000 runs', [all, all], anew(everything), askRuns(all), 3);
  await compare('the same once more', [all, all], everything, askRuns(all), 3);
  await compare(
    '100 x 10,000 points, server: 320 each',
    [counts.curves * counts.points, counts.curves],
    () => readSeries(store, curveRuns),
    askSeries(url, curveRuns),
    3,
  );
  await compare(
    '1,000,000 points of one metric, server: 320',
    [counts.long, 1],
    long,
    askSeries(url, [longRun]),
    3,
  );
  const history = `${url}/api/2.0/mlflow/metrics/get-history?run_id=${longRun}&metric_key=loss`;
  const whole: Work = async () => (await ask<{ metrics: object[] }>(history)).metrics.length;
  await compare('1,000,000 points of one metric', [counts.long, counts.long], long, whole, 3);
  store.dispose();
  worker.dispose();
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
