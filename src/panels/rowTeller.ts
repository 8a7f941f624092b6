import type { TableRow } from '../state/tableRows';
import type { TableProgress } from '../state/tableReading';
import { inPieces } from './present/runRows';

export interface RowTellerOptions {
  readonly rows: (rows: readonly TableRow[]) => void;
  readonly gone: (ats: Uint32Array) => void;
  readonly progress: (progress: TableProgress) => void;
}

const mostRows = 200;
/** Some milliseconds' worth. */
const mostCells = 8000;

/** Tells a page of rows piece by piece, so that others have their turn, and how far the reading is once they are told. */
export class RowTeller {
  private readonly waiting = new Map<number, TableRow>();
  private progress: TableProgress | undefined;
  private isTelling = false;
  private isOver = false;

  constructor(private readonly options: RowTellerOptions) {}

  tell(rows: readonly TableRow[]): void {
    rows.forEach((row) => this.waiting.set(row.at, row));
    this.goOn();
  }

  tellGone(rows: readonly TableRow[]): void {
    rows.forEach(({ at }) => this.waiting.delete(at));
    if (!this.isOver) {
      this.options.gone(Uint32Array.from(rows, ({ at }) => at));
    }
  }

  tellProgress(progress: TableProgress): void {
    this.progress = progress;
    this.goOn();
  }

  /** Tells no more. */
  end(): void {
    this.isOver = true;
    this.waiting.clear();
  }

  private goOn(): void {
    if (!this.isTelling) {
      this.isTelling = true;
      setImmediate(() => {
        this.isTelling = false;
        this.next();
      });
    }
  }

  private next(): void {
    if (this.isOver) {
      return;
    }
    const [piece] = inPieces(this.waiting.values(), mostRows, mostCells);
    piece?.forEach(({ at }) => this.waiting.delete(at));
    if (piece !== undefined) {
      this.options.rows(piece);
    }
    if (this.waiting.size > 0) {
      this.goOn();
    } else if (this.progress !== undefined) {
      const { progress } = this;
      this.progress = undefined;
      this.options.progress(progress);
    }
  }
}
