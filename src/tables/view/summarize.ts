import type { TableSummary } from '../../protocol/tablePage';
import type { HeldTable } from '../heldTable';
import { isMissing } from './clauseTest';

const mostDistinct = 100_000;

/** What a column holds, over all rows that were read. */
export async function summarize(
  table: HeldTable,
  column: number,
  signal: AbortSignal,
): Promise<TableSummary> {
  const kind = table.columns[column]?.kind ?? 'text';
  return kind === 'number' || kind === 'date'
    ? summarizeValues(table, column, signal)
    : summarizeTexts(table, column, signal);
}

async function summarizeValues(
  table: HeldTable,
  column: number,
  signal: AbortSignal,
): Promise<TableSummary> {
  const isNumber = table.columns[column]?.kind === 'number';
  let [rows, missing, sum] = [0, 0, 0];
  let least = { value: Infinity, text: '' };
  let greatest = { value: -Infinity, text: '' };
  for await (const { count, value, text } of table.pieces(column, signal)) {
    for (let at = 0; at < count; at++) {
      const found = value(at);
      rows++;
      if (Number.isNaN(found)) {
        missing++;
        continue;
      }
      sum += found;
      if (found < least.value || least.text === '') least = { value: found, text: text(at) };
      if (found > greatest.value || greatest.text === '')
        greatest = { value: found, text: text(at) };
    }
  }
  if (missing === rows) return { rows, missing };
  const mean = sum / (rows - missing);
  return {
    ...{ rows, missing, least: least.text, greatest: greatest.text },
    ...(isNumber && { mean: String(mean) }),
  };
}

async function summarizeTexts(
  table: HeldTable,
  column: number,
  signal: AbortSignal,
): Promise<TableSummary> {
  const kind = table.columns[column]?.kind ?? 'text';
  let [rows, missing] = [0, 0];
  const distinct = new Set<string>();
  for await (const { count, text } of table.pieces(column, signal)) {
    for (let at = 0; at < count; at++) {
      const cell = text(at);
      rows++;
      if (isMissing(cell, kind)) missing++;
      else if (distinct.size <= mostDistinct) distinct.add(cell);
    }
  }
  return {
    ...{ rows, missing },
    ...(distinct.size <= mostDistinct && { distinct: distinct.size }),
  };
}
