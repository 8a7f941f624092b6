import { parentPort } from 'node:worker_threads';
import { abortError } from '../base/abortError';
import { filterMistake } from '../mlflow/filterMistake';
import type { ArtifactListing, Run } from '../mlflow/model';
import type { ArtifactStream, Page, TrackingStore } from '../mlflow/trackingStore';
import { type Channel, type Handlers, Transferred, serve } from '../protocol/rpc';
import { openStore, removeLeftovers } from './openStore';
import { OpenStreams } from './openStreams';
import { packListing } from './packedListing';
import { packRuns } from './packedRuns';
import {
  type StoreMethod,
  type StoreRef,
  type WorkerProtocol,
  encodeError,
  storeMethods,
} from './storeProtocol';
import { isCallbackRef, TellingCalls } from './telling';

type Ask = (...args: readonly unknown[]) => Promise<unknown>;

/** The store worker's end of the port: opens each store when it is first named and keeps it. */
function serveStores(channel: Channel): void {
  const stores = new Map<number, TrackingStore>();
  const streams = new OpenStreams();
  const calls = new TellingCalls((callback, value) => served.emit('told', { callback, value }));
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
      const carryOut = (args: readonly unknown[], given: AbortSignal): Promise<unknown> =>
        ask.apply(store, [...args, given]);
      const result = await (params.args.some(isCallbackRef)
        ? calls.carryOut(params.args, carryOut)
        : carryOut(params.args, signal));
      if (method === 'openArtifact') {
        return keepStream(params.store.id, result as ArtifactStream, signal);
      }
      return transferring(packers[method]?.(result) ?? result);
    };

  function keepStream(store: number, stream: ArtifactStream, signal: AbortSignal): unknown {
    if (signal.aborted || !stores.has(store)) {
      stream.close();
      throw abortError();
    }
    return streams.keep(store, stream);
  }

  const served = serve<WorkerProtocol>(
    channel,
    {
      requests: {
        ...(Object.fromEntries(
          storeMethods.map((method) => [method, handler(method)]),
        ) as unknown as Handlers<WorkerProtocol>['requests']),
        readStream: (id, signal) => streams.read(id, signal),
        filterMistake: ({ typed, server }) => Promise.resolve(filterMistake(typed, server)),
      },
      notices: {
        closeStream: (id) => streams.close(id),
        giveUp: (callback) => calls.giveUp(callback),
        close: (id) => {
          streams.closeAllOf(id);
          stores.get(id)?.dispose();
          stores.delete(id);
        },
      },
    },
    encodeError,
  );
}

/** What is long crosses in another shape. */
const packers: Partial<Record<StoreMethod, (result: unknown) => unknown>> = {
  searchRuns: (result) => packRuns(result as Page<Run>),
  listArtifacts: (result) => packListing(result as ArtifactListing),
};

/** Moves the arrays of a series, or of what was packed, which are the only large buffers of the port. */
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
