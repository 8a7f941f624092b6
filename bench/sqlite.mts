/**
 * An MLflow database read in its place against `mlflow server` with one worker on the same file: pages of runs, the
 * curves of 100 runs, one long series. Ours goes through the store worker, to where the editor's side has it.
 * Needs Node 24, about two minutes and 1.5 GB; prints medians and ratios.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startMlflow } from '../scripts/mlflowServer.mts';
import { root } from '../scripts/paths.mts';
import { ensurePython } from '../scripts/pythonEnvironment.mts';
import { runCommand } from '../scripts/runCommand.mts';
import type { TrackingStore } from '../src/mlflow/trackingStore.ts';
import { ask, compare, memoryNow, type Work } from './againstServer.mts';
import { bundleStores } from './bundleStores.mts';

const never = new AbortController().signal;
/** As `sqliteSeed.py` makes them. */
const curves = Array.from(
  { length: 100 },
  (_, index) => `c${index.toString(16).padStart(31, '0')}`,
);
const longRun = 'd'.repeat(32);

const askRuns =
  (url: string, count: number): Work =>
  async () => {
    const body = { experiment_ids: ['1'], max_results: count };
    const { runs } = await ask<{ runs: object[] }>(`${url}/api/2.0/mlflow/runs/search`, body);
    return runs.length;
  };

/** What MLflow's own pages ask for when runs are compared. */
const askCurves =
  (url: string): Work =>
  async () => {
    const ids = curves.map((id) => `run_ids=${id}`).join('&');
    const call = 'ajax-api/2.0/mlflow/metrics/get-history-bulk-interval';
    const { metrics } = await ask<{ metrics: object[] }>(
      `${url}/${call}?${ids}&metric_key=loss&max_results=320`,
    );
    return new Set(metrics.map((each) => (each as { run_id: string }).run_id)).size;
  };

const askLong =
  (url: string): Work =>
  async () => {
    const call = `${url}/api/2.0/mlflow/metrics/get-history?run_id=${longRun}&metric_key=loss`;
    const { metrics } = await ask<{ metrics: object[] }>(call);
    return metrics.length;
  };

const readRuns =
  (store: TrackingStore, maxResults: number): Work =>
  async () =>
    (await store.searchRuns({ experimentIds: ['1'], view: 'active', maxResults }, never)).items
      .length;

const readCurves =
  (store: TrackingStore): Work =>
  async () => {
    const all = await Promise.all(
      curves.map((id) => store.metricHistory(id, 'loss', { maxPoints: 1e7 }, never)),
    );
    return all.reduce((sum, { values }) => sum + values.length, 0);
  };

const readLong =
  (store: TrackingStore): Work =>
  async () =>
    (await store.metricHistory(longRun, 'loss', { maxPoints: 1e7 }, never)).values.length;

/** What is left in the memory of a thread after everything was read and let go. */
async function memory(store: TrackingStore): Promise<void> {
  await store.getRun(longRun, never);
  console.log(`memory at the start: ${memoryNow()}`);
  const kept = [
    await store.searchRuns({ experimentIds: ['1'], view: 'active', maxResults: 10_000 }, never),
  ];
  await readLong(store)();
  console.log(`memory with 10,000 runs in hand: ${memoryNow()}`);
  kept.pop();
  await readCurves(store)();
  console.log(`memory when all is let go: ${memoryNow()}`);
}

const folder = await mkdtemp(path.join(tmpdir(), 'bench-sqlite-'));
const python = await ensurePython('demo');
const file = path.join(folder, 'mlflow.db');
await runCommand(python, [path.join(root, 'bench', 'sqliteSeed.py'), file], { cwd: folder });
const { stores, workerFile } = await bundleStores(folder);
const here = stores.sqlite(file);
await memory(here);
here.dispose();
const server = await startMlflow({ python, directory: folder });
try {
  const worker = stores.worker(`sqlite:///${file}`, workerFile);
  const store = worker.open();
  await compare(
    'the first 100 of 10,000 runs',
    [100, 100],
    readRuns(store, 100),
    askRuns(server.url, 100),
    10,
  );
  await compare(
    'all of 10,000 runs',
    [10_000, 10_000],
    readRuns(store, 10_000),
    askRuns(server.url, 10_000),
    3,
  );
  await compare(
    '100 x 10,000 points, server: 320 each',
    [1e6, 100],
    readCurves(store),
    askCurves(server.url),
    3,
  );
  await compare(
    '1,000,000 points of one metric',
    [1e6, 1e6],
    readLong(store),
    askLong(server.url),
    3,
  );
  store.dispose();
  worker.dispose();
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
