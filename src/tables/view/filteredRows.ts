import type { HeldTable } from '../heldTable';
import { Turns } from '../turns';
import { clauseTest } from './clauseTest';
import type { FilterClause, TableFilter } from './readFilter';

/** The rows that a filter finds, in their order; `undefined` for all of them. */
export async function filteredRows(
  table: HeldTable,
  filter: TableFilter,
  signal: AbortSignal,
): Promise<Uint32Array<ArrayBuffer> | undefined> {
  if (filter.length === 0) return undefined;
  const count = table.rows;
  const found = new Uint8Array(count);
  for (const alternative of filter) {
    const all = new Uint8Array(count).fill(1);
    for (const clause of alternative) await keepFulfilling(table, clause, all, signal);
    for (let row = 0; row < count; row++) found[row]! |= all[row]!;
  }
  const rows = new Uint32Array(found.reduce((sum, each) => sum + each, 0));
  let at = 0;
  for (let row = 0; row < count; row++) if (found[row] === 1) rows[at++] = row;
  return rows;
}

/** Takes the rows out that do not fulfil a clause. */
async function keepFulfilling(
  table: HeldTable,
  clause: FilterClause,
  rows: Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  if (clause.kind === 'text') {
    const found = await rowsWithText(table, clause.text.toLowerCase(), rows, signal);
    rows.set(found);
    return;
  }
  const kind = table.columns[clause.column]?.kind ?? 'text';
  const test = clauseTest(clause, kind, table.hasLarge(clause.column));
  for await (const piece of table.pieces(clause.column, signal)) {
    const end = Math.min(piece.count, rows.length - piece.from);
    for (let at = 0; at < end; at++) {
      const row = piece.from + at;
      if (rows[row] === 1 && !test(piece, at)) rows[row] = 0;
    }
  }
}

async function rowsWithText(
  table: HeldTable,
  wanted: string,
  among: Uint8Array,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const candidates = await rowsThatMay(table, wanted, among, signal);
  const found = new Uint8Array(among.length);
  for (let column = 0; column < table.columns.length; column++) {
    for await (const { from, count, text } of table.pieces(column, signal)) {
      const end = Math.min(count, among.length - from);
      for (let at = 0; at < end; at++) {
        const row = from + at;
        if (candidates[row] === 1 && found[row] === 0 && text(at).toLowerCase().includes(wanted))
          found[row] = 1;
      }
    }
  }
  return found;
}

/** Rows in whose whole text it is found: most others need not be looked at cell by cell. */
async function rowsThatMay(
  table: HeldTable,
  wanted: string,
  among: Uint8Array,
  signal: AbortSignal,
): Promise<Uint8Array> {
  // A quote in a cell is two of them in the text.
  if (table.rowText === undefined || wanted.includes('"')) return among;
  const turns = new Turns(signal);
  const candidates = new Uint8Array(among.length);
  for (let row = 0; row < among.length; row++) {
    if (row % 256 === 0) await turns.step();
    if (among[row] === 1 && table.rowText(row).toLowerCase().includes(wanted)) candidates[row] = 1;
  }
  return candidates;
}
