import type { TrackingStore } from '../src/mlflow/trackingStore.ts';
import type { Transport } from '../src/mlflow/transport.ts';
import type { BulkOptions, BulkResult } from '../src/state/bulk.ts';
import type { HttpClient } from '../src/stores/rest/http.ts';
import { bundleSources } from './bundleSources.mts';

/** The parts of the extension that are measured, as users get them. */
export interface Ours {
  /** The client of one server, which logs into `lines`. */
  client(url: string, transport: Transport, lines: string[]): HttpClient;
  /** A store behind the store worker. */
  store(url: string): { readonly store: TrackingStore; dispose(): void };
  /** The same copy of undici that the client uses: another one is compiled and warmed up apart. */
  readonly undici: Pick<typeof import('undici'), 'Agent' | 'request'>;
  readonly inBulk: <T>(options: BulkOptions<T>) => Promise<BulkResult<T>>;
}

/** Bundles them into `folder`. */
export async function bundleOurs(folder: string): Promise<Ours> {
  const { exported } = await bundleSources<Ours>(
    folder,
    (workerFile) => `
      import { Agent, request } from 'undici';
      import { StoreWorker } from './src/stores/remoteStore';
      import { parseAddress } from './src/stores/rest/address';
      import { HttpClient, defaultRestOptions } from './src/stores/rest/http';
      export { inBulk } from './src/state/bulk';
      export const undici = { Agent, request };
      export const client = (url, transport, lines) =>
        new HttpClient(parseAddress(url), transport, defaultRestOptions, (line) => lines.push(line));
      export const store = (uri) => {
        const worker = new StoreWorker(${JSON.stringify(workerFile)}, log);
        return { store: worker.open({ uri }), dispose: () => worker.dispose() };
      };`,
  );
  return exported;
}
