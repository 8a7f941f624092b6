/**
 * What the Models view costs on top of the network: the names of 1,000 registered models with 20 versions each, page by page,
 * and the versions of one model, through our state and the store worker, against bare requests for the same replies,
 * interleaved in one run. Needs Node 24; prints medians, ratios and differences.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startMlflow } from '../scripts/mlflowServer.mts';
import { root } from '../scripts/paths.mts';
import { ensurePython } from '../scripts/pythonEnvironment.mts';
import { runCommand } from '../scripts/runCommand.mts';
import type { Models } from '../src/state/models.ts';
import type { TrackingStore } from '../src/mlflow/trackingStore.ts';
import { ask, time, type Work } from './againstServer.mts';
import { bundleSources } from './bundleSources.mts';
import { median } from './median.mts';

const modelCount = Number(process.argv[2] ?? 1000);
const versionCount = 20;
const rounds = 8;
/** As the Models view asks for them. */
const modelsPerPage = 200;

interface Ours {
  models(store: TrackingStore): Models;
  worker(uri: string, workerFile: string): { open(): TrackingStore; dispose(): void };
}

const bareModels =
  (url: string): Work =>
  async () => {
    let count = 0;
    let token = '';
    do {
      const query = new URLSearchParams({
        max_results: String(modelsPerPage),
        order_by: 'name ASC',
        ...(token !== '' && { page_token: token }),
      });
      const page = await ask<{ registered_models?: object[]; next_page_token?: string }>(
        `${url}/api/2.0/mlflow/registered-models/search?${query}`,
      );
      count += page.registered_models?.length ?? 0;
      token = page.next_page_token ?? '';
    } while (token !== '');
    return count;
  };

const ownModels =
  (ours: Ours, store: TrackingStore): Work =>
  async () => {
    const models = ours.models(store);
    await models.list.ensure();
    while (models.list.hasMore) {
      await models.list.more();
    }
    const { size } = models.list;
    models.dispose();
    return size;
  };

const bareVersions =
  (url: string): Work =>
  async () => {
    const query = new URLSearchParams({
      filter: "name = 'model-0007'",
      order_by: 'version_number DESC',
      max_results: '100',
    });
    const call = `${url}/api/2.0/mlflow/model-versions/search?${query}`;
    return (await ask<{ model_versions: object[] }>(call)).model_versions.length;
  };

const ownVersions =
  (ours: Ours, store: TrackingStore): Work =>
  async () => {
    const models = ours.models(store);
    const list = models.versions('model-0007');
    await list.ensure();
    const { size } = list;
    models.dispose();
    return size;
  };

async function compare(what: string, expected: number, bare: Work, own: Work): Promise<void> {
  const times: { bare: number[]; own: number[] } = { bare: [], own: [] };
  for (let round = -2; round < rounds; round++) {
    const ways = [
      ['bare', bare],
      ['own', own],
    ] as const;
    for (const [name, work] of round % 2 === 0 ? ways : ways.toReversed()) {
      const elapsed = await time(work, expected);
      if (round >= 0) {
        times[name].push(elapsed);
      }
    }
  }
  const [a, b] = [median(times.bare), median(times.own)];
  const allowed = 1.05 * a + 50;
  console.log(
    `${what.padEnd(34)} bare ${a.toFixed(0)} ms  ours ${b.toFixed(0)} ms  x${(b / a).toFixed(2)}  allowed ${allowed.toFixed(0)} ms`,
  );
}

const folder = await mkdtemp(path.join(tmpdir(), 'bench-registry-'));
const python = await ensurePython('demo');
const server = await startMlflow({ python, directory: folder });
try {
  const script = path.join(root, 'bench', 'registrySeed.py');
  const database = path.join(folder, 'mlflow.db');
  await runCommand(python, [script, database, String(modelCount), String(versionCount)]);
  const { exported, workerFile } = await bundleSources<Ours>(
    folder,
    () => `
      import { Models } from './src/state/models';
      import { StoreWorker } from './src/stores/remoteStore';
      export const models = (store) => new Models(store);
      export const worker = (uri, file) => {
        const host = new StoreWorker(file, log);
        return { open: () => host.open({ uri }), dispose: () => host.dispose() };
      };`,
  );
  const behind = exported.worker(server.url, workerFile);
  const store = behind.open();
  const [bare, own] = [bareModels(server.url), ownModels(exported, store)];
  await compare(`names of ${modelCount} models`, modelCount, bare, own);
  const versions = [bareVersions(server.url), ownVersions(exported, store)] as const;
  await compare(`versions of one of them`, versionCount, ...versions);
  behind.dispose();
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
