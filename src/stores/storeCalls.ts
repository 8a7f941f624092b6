import type { ArtifactStream } from '../mlflow/trackingStore';
import type { RpcClient } from '../protocol/rpc';
import type {
  StoreArguments,
  StoreMethod,
  StoreProtocol,
  StoreRef,
  StreamHandle,
  WireArguments,
  WireResult,
  WorkerProtocol,
} from './storeProtocol';

/** A result as the port has it, except for what is still packed. */
export type CallResult<M extends StoreMethod> = M extends 'openArtifact'
  ? ArtifactStream
  : WireResult<M>;

/** At the extension host's end: requests whose arguments hold functions, and streams among results. */
export class StoreCalls {
  private readonly callbacks = new Map<number, (value: unknown) => void>();
  private lastCallback = 0;

  /** The same client: TypeScript cannot tell which request it is while that may be another than a store's. */
  private readonly stores: RpcClient<StoreProtocol>;

  constructor(private readonly client: RpcClient<WorkerProtocol>) {
    this.stores = client;
    client.on('told', ({ callback, value }) => this.callbacks.get(callback)?.(value));
  }

  async call<M extends StoreMethod>(
    store: StoreRef,
    method: M,
    args: StoreArguments<M>,
    signal: AbortSignal,
  ): Promise<CallResult<M>> {
    const callback = (args as readonly unknown[]).find((arg) => typeof arg === 'function');
    const result: unknown =
      callback === undefined
        ? await this.stores.call(method, { store, args: args as WireArguments<M> }, signal)
        : await this.callTelling(store, method, args, callback as (value: unknown) => void, signal);
    return (
      method === 'openArtifact' ? this.stream(result as StreamHandle) : result
    ) as CallResult<M>;
  }

  /** The port's stream for one that is open in the worker. */
  private stream({ stream, size, from, validator }: StreamHandle): ArtifactStream {
    const close = (): void => this.client.notify('closeStream', stream);
    return {
      size,
      from,
      validator,
      close,
      read: async (signal) => {
        try {
          return await this.client.call('readStream', stream, signal);
        } catch (error) {
          close();
          throw error;
        }
      },
    };
  }

  /** The worker alone settles it, when cancelled, too: nothing is read or written any more once it has. */
  private async callTelling<M extends StoreMethod>(
    store: StoreRef,
    method: M,
    args: StoreArguments<M>,
    tell: (value: unknown) => void,
    signal: AbortSignal,
  ): Promise<WireResult<M>> {
    signal.throwIfAborted();
    const callback = ++this.lastCallback;
    const giveUp = (): void => this.client.notify('giveUp', callback);
    this.callbacks.set(callback, tell);
    signal.addEventListener('abort', giveUp);
    try {
      const sent = (args as readonly unknown[]).map((arg) =>
        typeof arg === 'function' ? { callback } : arg,
      );
      return await this.stores.call(method, { store, args: sent as WireArguments<M> });
    } finally {
      signal.removeEventListener('abort', giveUp);
      this.callbacks.delete(callback);
    }
  }
}
