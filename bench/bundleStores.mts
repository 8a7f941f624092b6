import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../scripts/paths.mts';
import type { TrackingStore } from '../src/mlflow/trackingStore.ts';

/** Ways to reach a store, as the build makes them. */
export interface Stores {
  /** In this thread; for servers alone. */
  direct(uri: string): TrackingStore;
  /** A database, in this thread. */
  sqlite(file: string): TrackingStore;
  /** A folder, in this thread. */
  files(folder: string): TrackingStore;
  /** In a worker thread, which starts with the first request; each `open` makes a store that remembers nothing yet. */
  worker(uri: string, workerFile: string): { open(): TrackingStore; dispose(): void };
}

/** Bundles into `folder` what the sources are, which import without extensions. */
export async function bundleStores(
  folder: string,
): Promise<{ stores: Stores; workerFile: string }> {
  const common = { bundle: true, platform: 'node', target: 'node22', minify: true } as const;
  const workerFile = path.join(folder, 'storeWorker.js');
  await build({
    ...common,
    entryPoints: [path.join(root, 'src/stores/worker.ts')],
    outfile: workerFile,
    format: 'cjs',
  });
  const file = path.join(folder, 'stores.cjs');
  await build({
    ...common,
    stdin: {
      resolveDir: root,
      contents: `
        import { RestStore } from './src/stores/rest/restStore';
        import { FileStore } from './src/stores/files/fileStore';
        import { SqliteStore } from './src/stores/sqlite/sqliteStore';
        import { StoreWorker } from './src/stores/remoteStore';
        const quiet = () => undefined;
        const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
        export const direct = (uri) => new RestStore(uri, quiet);
        export const sqlite = (file) => new SqliteStore(file, quiet);
        export const files = (folder) => new FileStore(folder, quiet);
        export const worker = (uri, file) => {
          const host = new StoreWorker(file, log);
          return { open: () => host.open({ uri }), dispose: () => host.dispose() };
        };`,
    },
    outfile: file,
    format: 'cjs',
  });
  const loaded = (await import(pathToFileURL(file).href)) as Stores;
  return { stores: loaded, workerFile };
}
