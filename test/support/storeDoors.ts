import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import type { Log } from '../../src/base/log';
import type { TrackingStore } from '../../src/mlflow/trackingStore';
import type { Transport } from '../../src/mlflow/transport';
import { StoreWorker } from '../../src/stores/remoteStore';
import { RestStore } from '../../src/stores/rest/restStore';

/** One of the ways to reach a REST store; contract tests go through each. */
export interface StoreDoor {
  readonly name: string;
  /** Call before the first `open`. */
  start(): Promise<void>;
  open(uri: string, transport?: Transport): TrackingStore;
  close(): Promise<void>;
  /** Everything that was logged. */
  readonly lines: readonly string[];
}

/** The store itself, and the store behind the worker as the extension host sees it. */
export function storeDoors(): readonly StoreDoor[] {
  return [directDoor(), workerDoor()];
}

function directDoor(): StoreDoor {
  const lines: string[] = [];
  const stores: TrackingStore[] = [];
  return {
    name: 'directly',
    lines,
    start: () => Promise.resolve(),
    open: (uri, transport) => {
      const store = new RestStore(uri, (line) => lines.push(line), transport);
      stores.push(store);
      return store;
    },
    close: () => {
      stores.splice(0).forEach((store) => store.dispose());
      return Promise.resolve();
    },
  };
}

function workerDoor(): StoreDoor {
  const lines: string[] = [];
  let bundle: WorkerBundle | undefined;
  let worker: StoreWorker | undefined;
  return {
    name: 'through the worker',
    lines,
    start: async () => {
      bundle = await bundleWorker();
      worker = new StoreWorker(bundle.file, memoryLog(lines));
    },
    open: (uri, transport) => {
      if (worker === undefined) {
        throw new Error('the door was not started');
      }
      return worker.open({ uri, transport });
    },
    close: async () => {
      worker?.dispose();
      await bundle?.remove();
    },
  };
}

export interface WorkerBundle {
  readonly file: string;
  remove(): Promise<void>;
}

/** Bundles the worker as the build does, from the source as it is now. */
export async function bundleWorker(entry = 'src/stores/worker.ts'): Promise<WorkerBundle> {
  const folder = await mkdtemp(path.join(tmpdir(), 'store-worker-'));
  const file = path.join(folder, 'storeWorker.js');
  await build({
    entryPoints: [entry],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    logLevel: 'warning',
  });
  return { file, remove: () => rm(folder, { recursive: true, force: true }) };
}

export function memoryLog(lines: string[]): Log {
  const add = (line: string): void => void lines.push(line);
  return { debug: add, info: add, warn: add, error: add };
}
