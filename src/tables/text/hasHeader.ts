import type { Buffer } from 'node:buffer';

import { cellKind, cellKinds } from '../cells/cellKind';
import { cellText } from './cellText';
import type { CsvRows } from './csvRows';

/**
 * Whether the first row names the columns: none of its cells is a number, a date or a boolean, and the names differ. Numbers that count the
 * columns are names, too, as pandas writes them for columns without names.
 */
export function hasHeader(found: CsvRows, buffer: Buffer): boolean {
  const cells = Array.from({ length: found.cellsOf(0) }, (_, column) =>
    cellText(buffer, found.start(0, column), found.end(0, column)),
  );
  const named = cells.filter((cell) => cell !== '');
  if (named.length === 0) {
    return false;
  }
  if (named.every((cell, index) => cell === String(index)) && cells.length > 1) {
    return true;
  }
  const isName = (cell: string): boolean =>
    (cellKind(cell) & (cellKinds.text | cellKinds.missing)) !== 0;
  return named.every(isName) && new Set(named).size === named.length;
}
