import { compareText } from '../../mlflow/search/compareText';
import type { Row, SqlValue } from './rows';

/** Compares as SQLite sorts: nothing, then numbers, then texts by code point. */
function compareValues(a: SqlValue | undefined, b: SqlValue | undefined): number {
  const rank = kind(a) - kind(b);
  if (rank !== 0 || a === null || b === null || a === undefined || b === undefined) {
    return rank;
  }
  if (typeof a === 'string' && typeof b === 'string') {
    return compareText(a, b);
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

function kind(value: SqlValue | undefined): number {
  if (value === null || value === undefined) {
    return 0;
  }
  return typeof value === 'object' ? 3 : typeof value === 'string' ? 2 : 1;
}

/** Compares rows by their first columns, each in its direction. */
export function rowOrder(ascending: readonly boolean[]): (a: Row, b: Row) => number {
  return (a, b) => {
    for (const [index, up] of ascending.entries()) {
      const order = compareValues(a[index], b[index]);
      if (order !== 0) {
        return up ? order : -order;
      }
    }
    return 0;
  };
}
