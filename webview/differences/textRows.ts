import type { ComparedRun, KeyedText } from '../../src/protocol/comparePage';
import { mergedOrder } from './mergedOrder';
import { hasFacts } from './tableRows';
import type { TableRows } from './tableRows';

/** Texts of runs by key: params, tags or attributes. */
export interface TextRows extends TableRows {
  /** What the run in this column has under the key of this row. */
  textAt(row: number, column: number): KeyedText | undefined;
}

const collator = new Intl.Collator('en', { numeric: true });

/**
 * Puts texts of the same key in one row, rows in natural order of their keys, or in the order of the runs if
 * that means something.
 */
export function textRows(
  runs: readonly ComparedRun[],
  textsOf: (run: ComparedRun) => readonly KeyedText[],
  isOrdered: boolean,
): TextRows {
  const cells = new Map<string, (KeyedText | undefined)[]>();
  runs.forEach((run, column) => {
    for (const text of textsOf(run)) {
      let row = cells.get(text.key);
      if (row === undefined) {
        row = new Array<KeyedText | undefined>(runs.length).fill(undefined);
        cells.set(text.key, row);
      }
      row[column] = text;
    }
  });
  const keys = isOrdered
    ? mergedOrder(runs.map((run) => textsOf(run).map(({ key }) => key)))
    : [...cells.keys()].sort(collator.compare);
  const rows = keys.map((key) => cells.get(key) ?? []);
  const known = runs.map(hasFacts);
  return {
    keys,
    textAt: (row, column) => rows[row]?.[column],
    differs: (row) => textsDiffer(rows[row] ?? [], known),
  };
}

/** Whether runs whose facts are known have different texts, or only some of them have one. */
function textsDiffer(row: readonly (KeyedText | undefined)[], known: readonly boolean[]): boolean {
  const first = known.indexOf(true);
  if (first < 0) return false;
  const text = fullText(row[first]);
  return row.some((cell, column) => known[column] === true && fullText(cell) !== text);
}

export function fullText(cell: KeyedText | undefined): string | undefined {
  return cell === undefined ? undefined : (cell.full ?? cell.text);
}
