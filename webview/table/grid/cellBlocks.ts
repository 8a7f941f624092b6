import type { Span } from '../../kit/span';

/** What of a table is wanted; ends are not among it. */
export interface Block {
  readonly fromRow: number;
  readonly toRow: number;
  readonly fromColumn: number;
  readonly toColumn: number;
}

const blockRows = 64;
const blockColumns = 16;
const mostKept = 300;

/** Pieces of a table that were asked for, as they come. Those that nobody sees any more are given up, and the oldest forgotten. */
export class CellBlocks<T> {
  private kept = new Map<string, T>();
  private readonly pending = new Map<string, AbortController>();

  constructor(
    private readonly ask: (block: Block, signal: AbortSignal) => Promise<T | undefined>,
    /** Something has come. */
    private readonly onCome: () => void,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** The block that a cell is in, with its place there. */
  at(
    row: number,
    column: number,
  ): { readonly block: T; readonly row: number; readonly column: number } | undefined {
    const block = this.kept.get(
      keyOf(Math.floor(row / blockRows), Math.floor(column / blockColumns)),
    );
    return block && { block, row: row % blockRows, column: column % blockColumns };
  }

  /** These cells are seen. Resolves once those of them have come that had not. */
  async see(rows: Span, columns: Span): Promise<void> {
    const wanted = blocksOf(rows, columns);
    for (const [key, controller] of this.pending) {
      if (wanted.has(key)) continue;
      this.pending.delete(key);
      controller.abort();
    }
    const missing = [...wanted].filter(([key]) => !this.kept.has(key) && !this.pending.has(key));
    const came = await Promise.all(missing.map(([key, block]) => this.fetch(key, block)));
    if (came.some(Boolean)) this.onCome();
  }

  /** All cells are others now. */
  clear(): void {
    this.pending.forEach((controller) => controller.abort());
    this.pending.clear();
    this.kept = new Map();
  }

  /** Takes the place of what was known by what another one has. */
  takeOver(other: CellBlocks<T>): void {
    this.clear();
    this.kept = other.kept;
  }

  /** The last row of blocks may have been cut short: more rows have come. */
  forgetFrom(row: number): void {
    const last = Math.floor(row / blockRows);
    for (const key of this.kept.keys())
      if (Number(key.split(' ')[0]) >= last) this.kept.delete(key);
  }

  private async fetch(key: string, block: Block): Promise<boolean> {
    const controller = new AbortController();
    this.pending.set(key, controller);
    try {
      const found = await this.ask(block, controller.signal);
      if (found === undefined || controller.signal.aborted) return false;
      this.kept.set(key, found);
      for (const old of [...this.kept.keys()].slice(0, -mostKept)) this.kept.delete(old);
      return true;
    } catch (error) {
      if (!controller.signal.aborted) this.onFailure(error);
      return false;
    } finally {
      if (this.pending.get(key) === controller) this.pending.delete(key);
    }
  }
}

function keyOf(rowBlock: number, columnBlock: number): string {
  return `${rowBlock} ${columnBlock}`;
}

function blocksOf(rows: Span, columns: Span): ReadonlyMap<string, Block> {
  const found = new Map<string, Block>();
  for (let down = Math.floor(rows.start / blockRows); down * blockRows < rows.end; down++) {
    for (
      let right = Math.floor(columns.start / blockColumns);
      right * blockColumns < columns.end;
      right++
    ) {
      const [fromRow, fromColumn] = [down * blockRows, right * blockColumns];
      found.set(keyOf(down, right), {
        ...{ fromRow, toRow: fromRow + blockRows },
        ...{ fromColumn, toColumn: fromColumn + blockColumns },
      });
    }
  }
  return found;
}
