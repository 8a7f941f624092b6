import type { ComparedArea, ComparedFacts, ComparedWindow } from '../../protocol/tablesPage';
import type { HeldTable } from '../heldTable';
import { TableError } from '../tableError';
import { compareTables, type Comparison } from './compareTables';
import { comparedWindow } from './comparedWindow';

/** Comparisons of tables, by the numbers that the extension gave them. */
export class Comparisons {
  private readonly known = new Map<number, Comparison>();

  constructor(private readonly tableOf: (table: number) => HeldTable) {}

  async compare(
    id: number,
    [first, second]: readonly [number, number],
    key: string | undefined,
    signal: AbortSignal,
  ): Promise<ComparedFacts> {
    const made = await compareTables([this.tableOf(first), this.tableOf(second)], key, signal);
    if (signal.aborted) throw new TableError('bytes');
    this.known.set(id, made);
    return made.facts;
  }

  async window(
    id: number,
    area: ComparedArea,
    signal: AbortSignal,
  ): Promise<ComparedWindow | undefined> {
    const comparison = this.known.get(id);
    return comparison && comparedWindow(comparison, area, signal);
  }

  close(id: number): void {
    this.known.delete(id);
  }
}
