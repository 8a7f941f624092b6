import {
  type AsyncBuffer,
  type FileMetaData,
  type ParquetScan,
  parquetMetadataAsync,
  parquetScan,
} from 'hyparquet';

import type { TableColumn, TableFacts, TableLimit } from '../../protocol/tablePage';
import type { CellPiece, HeldTable } from '../heldTable';
import { TableError } from '../tableError';
import { Turns } from '../turns';
import { ChunkCache } from './chunkCache';
import { checkCodecs, codecs } from './codecs';
import { type ParquetColumn, parquetColumns } from './parquetColumns';
import { parquetParsers } from './parquetParsers';

/** More cannot be ordered in the memory there is. */
const mostRows = 50e6;
const mostColumns = 16_384;

/** A Parquet file, of which the parts are read that are looked at. */
export class ParquetTable implements HeldTable {
  readonly columns: readonly TableColumn[];
  readonly rows: number;
  private readonly rowsThere: number;
  private readonly starts: readonly number[];
  private readonly chunks: ChunkCache;

  private constructor(
    metadata: FileMetaData,
    private readonly scan: ParquetScan,
    private readonly described: readonly ParquetColumn[],
    private readonly isTooWide: boolean,
  ) {
    this.columns = described.map(({ name, kind }) => ({ name, kind }));
    this.rowsThere = Number(metadata.num_rows);
    this.rows = Math.min(mostRows, this.rowsThere);
    this.starts = scan.ranges.map(({ rowStart }) => rowStart);
    this.chunks = new ChunkCache((column, group) => this.readChunk(column, group));
  }

  /** A file whose bytes are all there. */
  static ofBytes(bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<ParquetTable> {
    const { buffer, byteOffset, byteLength } = bytes;
    return ParquetTable.open(
      {
        byteLength,
        slice: (start, end = byteLength) => buffer.slice(byteOffset + start, byteOffset + end),
      },
      signal,
    );
  }

  /** @throws TableError where it is no Parquet file, or one that cannot be read here */
  static async open(file: AsyncBuffer, signal: AbortSignal): Promise<ParquetTable> {
    return readingParquet(async () => {
      const metadata = await parquetMetadataAsync(file, { geoparquet: false });
      signal.throwIfAborted();
      checkCodecs(metadata);
      const all = parquetColumns(metadata);
      const described = all.slice(0, mostColumns);
      const scan = await parquetScan({
        ...{ file, metadata, compressors: codecs, utf8: false, geoparquet: false },
        parsers: parquetParsers,
      });
      return new ParquetTable(metadata, scan, described, described.length < all.length);
    });
  }

  facts(known: number): TableFacts {
    return {
      rows: this.rows,
      columnsRevision: 1,
      ...(known !== 1 && { columns: this.columns }),
      rowsThere: this.rowsThere,
      limit: this.limit,
      reading: undefined,
    };
  }

  hasLarge(column: number): boolean {
    return this.described[column]?.isLarge ?? false;
  }

  async *pieces(column: number, signal: AbortSignal): AsyncIterable<CellPiece> {
    const turns = new Turns(signal);
    for (const [group, from] of this.starts.entries()) {
      if (from >= this.rows) return;
      await turns.step();
      const cells = await this.chunks.get(column, group);
      const toText = this.described[column]?.toText ?? String;
      const toValue = this.described[column]?.toValue;
      yield {
        ...{ from, count: Math.min(cells.length, this.rows - from) },
        text: (at) => toText(cells[at]),
        value: (at) => toValue?.(cells[at]) ?? NaN,
      };
    }
  }

  async texts(column: number, rows: Uint32Array, signal: AbortSignal): Promise<readonly string[]> {
    const groups = Array.from(rows, (row) => this.groupOf(row));
    const texts = new Array<string>(rows.length).fill('');
    const toText = this.described[column]?.toText ?? String;
    for (const group of new Set(groups)) {
      signal.throwIfAborted();
      const cells = await this.chunks.get(column, group);
      const from = this.starts[group] ?? 0;
      groups.forEach((each, at) => {
        if (each === group) texts[at] = toText(cells[(rows[at] ?? 0) - from]);
      });
    }
    return texts;
  }

  private get limit(): TableLimit | undefined {
    if (this.rows < this.rowsThere) return 'cells';
    return this.isTooWide ? 'columns' : undefined;
  }

  private groupOf(row: number): number {
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.starts[middle]! <= row) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  private readChunk(column: number, group: number): Promise<ArrayLike<unknown>> {
    const range = this.scan.ranges[group];
    const described = this.described[column];
    if (range === undefined || described === undefined) return Promise.resolve([]);
    return readingParquet(() =>
      this.scan.readColumn({
        ...{ column: described.name, rowStart: range.rowStart, rowEnd: range.rowEnd },
      }),
    );
  }
}

/** What goes wrong in the reader of Parquet is the file's fault. */
async function readingParquet<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TableError || (error instanceof Error && error.name === 'AbortError')) {
      throw error;
    }
    throw new TableError('malformed', error instanceof Error ? error.message : String(error));
  }
}
