import { EventSource } from '../base/event';
import type { Disposable } from '../base/disposable';
import type { ArtifactAddress } from '../mlflow/artifactAddress';
import { MlflowError, isAbortError } from '../mlflow/errors';
import type { ArtifactStream } from '../mlflow/trackingStore';
import type { TableFacts, TableProgress, TableReadingOptions } from '../protocol/tablePage';
import type { ArtifactSource } from '../state/artifactSource';
import type { TableFormat, TableProtocol } from '../tables/tableProtocol';
import type { RemoteTable, TablesClient } from '../tables/tablesClient';

export interface TableFileOptions {
  readonly address: ArtifactAddress;
  readonly source: Pick<ArtifactSource, 'open'>;
  readonly tables: TablesClient;
  /** One sentence in the language of the editor. */
  readonly sentence: (error: unknown) => string;
}

const nothing: TableFacts = {
  ...{ rows: 0, columnsRevision: -1, columns: [], rowsThere: undefined },
  ...{ limit: undefined, reading: undefined },
};
const beginning: TableProgress = {
  ...{ facts: nothing, standing: 'reading', read: 0, size: undefined, problem: undefined },
};
/** Progress is told so often at most, in milliseconds. */
const tellingTime = 100;

/** An artifact on its way into a table: its bytes go to the worker as they come. */
export class TableFile implements Disposable {
  private readonly changed = new EventSource<TableProgress>();
  private table: RemoteTable | undefined;
  private reading: AbortController | undefined;
  private isStopped = false;
  private told = 0;
  private current = beginning;

  constructor(private readonly options: TableFileOptions) {}

  readonly onDidChange = this.changed.event;

  /** How far it is; the columns are always among the facts. */
  get progress(): TableProgress {
    return this.current;
  }

  /** Reads the file if nobody has yet. */
  begin(): void {
    if (this.reading === undefined) void this.read({});
  }

  /** Reads the file from its beginning. */
  async read(options: TableReadingOptions): Promise<void> {
    this.close();
    const reading = new AbortController();
    this.reading = reading;
    this.isStopped = false;
    this.tell({ ...beginning, facts: { ...nothing, reading: options } }, true);
    try {
      await this.take(options, reading.signal);
    } catch (error) {
      if (this.reading !== reading) return;
      if (isAbortError(error)) await this.stopHere();
      else this.fail(error);
    }
  }

  /** Gives up what has not come yet; what came stays. */
  stop(): void {
    this.isStopped = true;
    this.reading?.abort();
  }

  /** Asks the worker about the table. */
  ask<M extends Exclude<keyof TableProtocol['requests'], 'compare' | 'comparedWindow'>>(
    method: M,
    params: Omit<TableProtocol['requests'][M]['params'], 'table'>,
    signal: AbortSignal,
  ): Promise<TableProtocol['requests'][M]['result']> {
    const { table } = this;
    if (table === undefined) throw new MlflowError('unreachable', 'cut');
    const full = { ...params, table: table.id } as TableProtocol['requests'][M]['params'];
    return table.client().call(method, full, signal);
  }

  /** The table in the worker, once it was begun. */
  get remote(): RemoteTable | undefined {
    return this.table;
  }

  dispose(): void {
    this.close();
    this.changed.dispose();
  }

  private close(): void {
    const { reading } = this;
    this.reading = undefined;
    reading?.abort();
    this.table?.dispose();
    this.table = undefined;
  }

  private async take(options: TableReadingOptions, signal: AbortSignal): Promise<void> {
    const format = formatOf(this.options.address.place.path);
    if (format === 'parquet' && (await this.takeRanges(signal))) return;
    const { address, source, tables } = this.options;
    const stream = await source.open(address, { from: 0 }, signal);
    try {
      const table = (this.table = tables.add());
      const name = address.place.path;
      await table.client().call('open', { table: table.id, format, name, options }, signal);
      await this.pump(stream, table, signal);
    } finally {
      stream.close();
    }
  }

  private async pump(
    stream: ArtifactStream,
    table: RemoteTable,
    signal: AbortSignal,
  ): Promise<void> {
    let read = 0;
    let wantsMore = true;
    let next = stream.read(signal);
    for (;;) {
      const piece = await next;
      if (piece === undefined) break;
      read += piece.length;
      // The next piece comes while this one is looked at.
      next = stream.read(signal);
      next.catch(() => undefined);
      const { size } = stream;
      const added = await table.client().call('add', { table: table.id, piece, size }, signal);
      wantsMore = added.wantsMore;
      this.tell({ ...this.current, facts: added.facts, read, size });
      if (!wantsMore) break;
    }
    const facts = await table.client().call('end', { table: table.id, whole: wantsMore }, signal);
    this.tell({ ...this.current, facts, standing: 'complete' }, true);
  }

  /** Says whether the file is read by stretches, which takes a server that knows its size and can begin anywhere. */
  private async takeRanges(signal: AbortSignal): Promise<boolean> {
    const { address, source, tables } = this.options;
    const probe = await source.open(address, { from: -footer }, signal);
    probe.close();
    const { size } = probe;
    const isAtEnd = size !== undefined && probe.from === Math.max(0, size - footer);
    if (!isAtEnd || size <= footer) return false;
    let failure: unknown;
    const table = (this.table = tables.add(async ({ from, length }) => {
      try {
        return await this.stretch(from, length, signal);
      } catch (error) {
        failure = error;
        return undefined;
      }
    }));
    try {
      const facts = await table.client().call('openByRanges', { table: table.id, size }, signal);
      this.tell({ ...this.current, facts, size, read: 0, standing: 'complete' }, true);
    } catch (error) {
      throw failure ?? error;
    }
    return true;
  }

  private async stretch(
    from: number,
    length: number,
    signal: AbortSignal,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const { address, source } = this.options;
    const stream = await source.open(address, { from, length }, signal);
    try {
      const bytes = new Uint8Array(length);
      let at = 0;
      let skip = Math.max(0, from - stream.from);
      while (at < length) {
        const piece = await stream.read(signal);
        if (piece === undefined) break;
        const used = piece.subarray(skip, skip + length - at);
        skip = Math.max(0, skip - piece.length);
        bytes.set(used, at);
        at += used.length;
      }
      if (at < length) throw new MlflowError('unreachable', 'cut');
      return bytes;
    } finally {
      stream.close();
    }
  }

  private async stopHere(): Promise<void> {
    const { table } = this;
    if (!this.isStopped) return;
    const facts =
      (await table
        ?.client()
        .call('end', { table: table.id, whole: false })
        .catch(() => undefined)) ?? this.current.facts;
    this.tell({ ...this.current, facts, standing: 'stopped' }, true);
  }

  private fail(error: unknown): void {
    const isGone = error instanceof MlflowError && error.kind === 'notFound';
    const problem = this.options.sentence(error);
    this.tell({ ...this.current, standing: isGone ? 'gone' : 'failed', problem }, true);
  }

  private tell(progress: TableProgress, isLast = false): void {
    const { columns = this.current.facts.columns } = progress.facts;
    const isFirst = this.current.facts.rows === 0 && progress.facts.rows > 0;
    this.current = { ...progress, facts: { ...progress.facts, columns } };
    const now = performance.now();
    if (!isLast && !isFirst && now - this.told < tellingTime) return;
    this.told = now;
    this.changed.fire(this.current);
  }
}

/** What the reader of Parquet wants first. */
const footer = 2 ** 19;

function formatOf(path: string): TableFormat {
  if (/\.parquet$/i.test(path)) return 'parquet';
  return /\.(?:json|jsonl|ndjson)$/i.test(path) ? 'json' : 'text';
}
