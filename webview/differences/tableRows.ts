import type { ComparedRun } from '../../src/protocol/comparePage';

/** The rows of a table, before some of them are left out. */
export interface TableRows {
  readonly keys: readonly string[];
  /** Whether the runs do not all have the same there. */
  differs(row: number): boolean;
}

/** Whether what the run lacks is known to be missing, and not just unread. */
export function hasFacts({ standing, params, tags, metrics }: ComparedRun): boolean {
  return standing === 'ready' || params.length + tags.length + metrics.keys.length > 0;
}

/** Which rows are shown, of how many. */
export interface ShownRows {
  readonly rows: readonly number[];
  /** Rows in which runs differ. */
  readonly differing: number;
  readonly all: number;
}

/**
 * The rows to show: those in which runs differ, if only these are wanted, and whose key holds the words of the filter.
 */
export function shownRows(table: TableRows, onlyDifferences: boolean, filter: string): ShownRows {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const rows: number[] = [];
  let differing = 0;
  table.keys.forEach((key, row) => {
    const differs = table.differs(row);
    if (differs) differing++;
    if (onlyDifferences && !differs) return;
    const text = key.toLowerCase();
    if (words.every((word) => text.includes(word))) rows.push(row);
  });
  return { rows, differing, all: table.keys.length };
}
