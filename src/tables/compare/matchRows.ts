/** Rows that belong together: places in the two tables, -1 where there is none. */
export interface RowPairs {
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** Rows that share their key with another row of their table. */
  readonly repeated: number;
}

/** The first rows belong together, and so on. */
export function matchByPlace(first: number, second: number): RowPairs {
  const length = Math.max(first, second);
  const places = (count: number): Int32Array =>
    Int32Array.from({ length }, (_, at) => (at < count ? at : -1));
  return { first: places(first), second: places(second), repeated: 0 };
}

/**
 * Rows with the same key belong together; of several with one key the first with the first, and so on. They stand in the order of the
 * first table, behind them those that only the second one has.
 */
export function matchByKey(first: readonly string[], second: readonly string[]): RowPairs {
  const byKey = new Map<string, { readonly rows: number[]; next: number }>();
  second.forEach((key, row) => {
    const entry = byKey.get(key);
    if (entry === undefined) byKey.set(key, { rows: [row], next: 0 });
    else entry.rows.push(row);
  });
  const ones: number[] = [];
  const others: number[] = [];
  const taken = new Uint8Array(second.length);
  first.forEach((key, row) => {
    const entry = byKey.get(key);
    const match = entry?.rows[entry.next];
    if (entry !== undefined && match !== undefined) {
      entry.next++;
      taken[match] = 1;
    }
    ones.push(row);
    others.push(match ?? -1);
  });
  second.forEach((_, row) => {
    if (taken[row] === 1) return;
    ones.push(-1);
    others.push(row);
  });
  return {
    first: Int32Array.from(ones),
    second: Int32Array.from(others),
    repeated: repeatedIn(first) + repeatedIn(second),
  };
}

function repeatedIn(keys: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  let repeated = 0;
  for (const count of counts.values()) if (count > 1) repeated += count;
  return repeated;
}
