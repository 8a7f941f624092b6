import type { TrackingStore } from '../src/mlflow/trackingStore.ts';
import { bundleSources } from './bundleSources.mts';

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

/** Bundles the stores into `folder`. */
export async function bundleStores(
  folder: string,
): Promise<{ stores: Stores; workerFile: string }> {
  const { exported, workerFile } = await bundleSources<Stores>(
    folder,
    () => `
      import { RestStore } from './src/stores/rest/restStore';
      import { FileStore } from './src/stores/files/fileStore';
      import { SqliteStore } from './src/stores/sqlite/sqliteStore';
      import { StoreWorker } from './src/stores/remoteStore';
      export const direct = (uri) => new RestStore(uri, quiet);
      export const sqlite = (file) => new SqliteStore(file, quiet);
      export const files = (folder) => new FileStore(folder, quiet);
      export const worker = (uri, file) => {
        const host = new StoreWorker(file, log);
        return { open: () => host.open({ uri }), dispose: () => host.dispose() };
      };`,
  );
  return { stores: exported, workerFile };
}
