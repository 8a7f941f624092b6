import { Worker } from 'node:worker_threads';

import type { Disposable } from '../base/disposable';
import type { Log } from '../base/log';
import { type Channel, type RpcClient, connect } from '../protocol/rpc';
import { TableError, decodeTableError } from './tableError';
import type { TableProtocol } from './tableProtocol';

type Want = TableProtocol['events']['want'];
/** Reads a stretch of a file; `undefined` where it could not be read. */
export type ReadStretch = (want: Want) => Promise<Uint8Array<ArrayBuffer> | undefined>;

interface Running {
  readonly worker: Worker;
  readonly client: RpcClient<TableProtocol>;
}

/** A table in the worker. */
export interface RemoteTable extends Disposable {
  readonly id: number;
  /** The worker, where it is still the one that holds the table. */
  client(): RpcClient<TableProtocol>;
}

/**
 * The extension host's end of the worker that holds tables. It starts with the first table and ends with the last; when it dies, its tables
 * are gone, and the next one starts another.
 */
export class TablesClient implements Disposable {
  private running: Running | undefined;
  private readonly tables = new Map<number, ReadStretch | undefined>();
  private lastId = 0;

  /** `workerPath` is the absolute path of `tableWorker.js`. */
  constructor(
    private readonly workerPath: string,
    private readonly log: Log,
  ) {}

  /** @param read reads what the worker asks for while the table is there */
  add(read?: ReadStretch): RemoteTable {
    const id = ++this.lastId;
    this.tables.set(id, read);
    const running = (this.running ??= this.start());
    return {
      id,
      client: () => {
        if (this.running !== running) throw new TableError('tooLarge', 'the worker ended');
        return running.client;
      },
      dispose: () => {
        if (!this.tables.delete(id)) return;
        if (this.running === running) running.client.notify('close', { table: id });
        if (this.tables.size === 0) this.stop(new TableError('bytes', 'the table was closed'));
      },
    };
  }

  dispose(): void {
    this.tables.clear();
    this.stop(new TableError('bytes', 'the table was closed'));
  }

  private start(): Running {
    const worker = new Worker(this.workerPath, { name: 'mlflow-tables' });
    const client = connect<TableProtocol>(channelOf(worker), decodeTableError);
    client.on('want', (want) => void this.give(client, want));
    const died = (why: string): void => {
      if (this.running?.worker === worker) {
        this.log.error(`table worker: ${why}`);
        this.stop(new TableError('tooLarge', why));
      }
    };
    worker.on('error', (error) => died(String(error)));
    worker.on('exit', (code) => died(`ended with code ${code}`));
    return { worker, client };
  }

  private async give(client: RpcClient<TableProtocol>, want: Want): Promise<void> {
    const bytes = await this.tables.get(want.table)?.(want);
    client.notify('give', { ask: want.ask, bytes });
  }

  private stop(error: Error): void {
    const running = this.running;
    this.running = undefined;
    running?.client.close(error);
    running?.worker.unref();
    void running?.worker.terminate();
  }
}

/** Bytes of files move to the worker, which alone needs them. */
function channelOf(worker: Worker): Channel {
  return {
    post: (message) => worker.postMessage(message, buffersOf(message)),
    onMessage: (listener) => {
      worker.on('message', listener);
      return () => worker.off('message', listener);
    },
  };
}

function buffersOf(message: unknown): ArrayBuffer[] {
  const { value } = message as { value?: { piece?: unknown; bytes?: unknown } };
  return [value?.piece, value?.bytes].flatMap((bytes) =>
    bytes instanceof Uint8Array && bytes.buffer instanceof ArrayBuffer && ownsBuffer(bytes)
      ? [bytes.buffer]
      : [],
  );
}

/** Small buffers of Node.js share one array, which must stay. */
function ownsBuffer(bytes: Uint8Array): boolean {
  return bytes.byteLength === bytes.buffer.byteLength;
}
