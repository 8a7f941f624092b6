import { tableDelimiters } from '../../protocol/tablePage';
import { CsvRows } from './csvRows';

const mostRows = 200;
const limits = { cells: 100_000, columns: 1000 };

/**
 * What stands between the cells of a text, by its beginning: the delimiter with which the most rows have as many cells as most
 * others, and of those the one that makes the most cells.
 *
 * @param usual what files of this name have, where that is known
 */
export function sniffDelimiter(
  bytes: Uint8Array,
  from: number,
  length: number,
  usual: string | undefined,
): string {
  let best = { delimiter: usual ?? ',', score: 0 };
  const inTurn = [...new Set([usual ?? ',', ...tableDelimiters])];
  for (const delimiter of inTurn) {
    const score = scoreOf(delimiter, bytes, from, length);
    if (score > best.score) {
      best = { delimiter, score };
    }
  }
  return best.delimiter;
}

function scoreOf(delimiter: string, bytes: Uint8Array, from: number, length: number): number {
  const rows = new CsvRows(delimiter.charCodeAt(0), limits, from);
  rows.read(bytes, length);
  // The last row may be cut; it counts where it is the only one.
  if (rows.count === 0) {
    rows.finish(length);
  }
  const counts = new Map<number, number>();
  const seen = Math.min(rows.count, mostRows);
  for (let row = 0; row < seen; row++) {
    const cells = rows.cellsOf(row);
    counts.set(cells, (counts.get(cells) ?? 0) + 1);
  }
  const [cells, times] = [...counts].toSorted((one, other) => other[1] - one[1])[0] ?? [1, 0];
  if (cells < 2 || seen === 0) {
    return 0;
  }
  return Math.round((times / seen) * 20) * 1e6 + Math.min(cells, 1e5);
}
