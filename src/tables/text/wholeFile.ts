import type { TableColumn, TableFacts } from '../../protocol/tablePage';
import type { CellPiece, GrowingTable, HeldTable } from '../heldTable';
import { TableError } from '../tableError';
import { ByteList } from './byteList';

/** A file that is read once all of it is there may be so large. */
export const largestWholeFile = 256 * 2 ** 20;

/** A table that can be made only of all bytes of its file. */
export class WholeFile implements GrowingTable {
  private held: ByteList | undefined;
  private made: HeldTable | undefined;

  constructor(
    private readonly make: (
      bytes: Uint8Array<ArrayBuffer>,
      signal: AbortSignal,
    ) => HeldTable | Promise<HeldTable>,
  ) {}

  add(piece: Uint8Array, size: number | undefined): boolean {
    if ((size ?? 0) > largestWholeFile) {
      throw new TableError('tooLarge');
    }
    this.held ??= new ByteList(size ?? 0, largestWholeFile);
    if (!this.held.add(piece)) {
      throw new TableError('tooLarge');
    }
    return true;
  }

  async end(whole: boolean): Promise<void> {
    if (whole && this.made === undefined) {
      const bytes = this.held?.bytes.subarray(0, this.held.length) ?? new Uint8Array(0);
      this.made = await this.make(bytes, new AbortController().signal);
      this.held = undefined;
    }
  }

  get rows(): number {
    return this.made?.rows ?? 0;
  }

  get columns(): readonly TableColumn[] {
    return this.made?.columns ?? [];
  }

  facts(known: number): TableFacts {
    return (
      this.made?.facts(known) ?? {
        ...{ rows: 0, columnsRevision: 0, rowsThere: undefined, limit: undefined },
        reading: undefined,
      }
    );
  }

  hasLarge(column: number): boolean {
    return this.made?.hasLarge(column) ?? false;
  }

  async *pieces(column: number, signal: AbortSignal): AsyncIterable<CellPiece> {
    if (this.made !== undefined) {
      yield* this.made.pieces(column, signal);
    }
  }

  async texts(column: number, rows: Uint32Array, signal: AbortSignal): Promise<readonly string[]> {
    return (await this.made?.texts(column, rows, signal)) ?? [];
  }
}
