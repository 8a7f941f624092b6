import { parentPort } from 'node:worker_threads';
import { filterMistake } from '../mlflow/filterMistake';
import type { Run } from '../mlflow/model';
import type { Page, TrackingStore } from '../mlflow/trackingStore';
import { type Channel, type Handlers, Transferred, serve } from '../protocol/rpc';
import { packRuns } from './packedRuns';
import { openStore, removeLeftovers } from './openStore';
import {
  type StoreMethod,
  type StoreRef,
  type WorkerProtocol,
  encodeError,
  storeMethods,
} from './storeProtocol';

type Ask = (...args: readonly unknown[]) => Promise<unknown>;

/** The store worker's end of the port: opens each store when it is first named and keeps it. */
function serveStores(channel: Channel): void {
  const stores = new Map<number, TrackingStore>();
  let tidying: Promise<void> | undefined;

  function storeOf(ref: StoreRef): TrackingStore {
    const known = stores.get(ref.id);
    if (known !== undefined) {
      return known;
    }
    tidying ??= removeLeftovers();
    const opened = openStore(ref.spec, (line) => served.emit('log', line));
    stores.set(ref.id, opened);
    return opened;
  }

  const handler =
    (method: StoreMethod) =>
    async (
      params: { store: StoreRef; args: readonly unknown[] },
      signal: AbortSignal,
    ): Promise<unknown> => {
      const store = storeOf(params.store);
      const ask = (store as unknown as Record<StoreMethod, Ask>)[method];
      const result = await ask.apply(store, [...params.args, signal]);
      return transferring(method === 'searchRuns' ? packRuns(result as Page<Run>) : result);
    };

  const served = serve<WorkerProtocol>(
    channel,
    {
      requests: {
        ...(Object.fromEntries(
          storeMethods.map((method) => [method, handler(method)]),
        ) as unknown as Handlers<WorkerProtocol>['requests']),
        filterMistake: ({ typed, server }) => Promise.resolve(filterMistake(typed, server)),
      },
      notices: {
        close: (id) => {
          stores.get(id)?.dispose();
          stores.delete(id);
        },
      },
    },
    encodeError,
  );
}

/** Moves the arrays of a series, or of packed runs, which are the only large buffers of the port. */
function transferring(result: unknown): unknown {
  const buffers = Object.values(result ?? {}).flatMap((part: unknown) =>
    ArrayBuffer.isView(part) && part.buffer instanceof ArrayBuffer ? [part.buffer] : [],
  );
  return buffers.length === 0 ? result : new Transferred(result, buffers);
}

if (parentPort !== null) {
  const port = parentPort;
  serveStores({
    post: (message, transfer) => port.postMessage(message, transfer),
    onMessage: (listener) => {
      port.on('message', listener);
      return () => port.off('message', listener);
    },
  });
}
