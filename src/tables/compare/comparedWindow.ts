import { longestCell } from '../../protocol/tablePage';
import type {
  ComparedArea,
  ComparedCell,
  ComparedStanding,
  ComparedWindow,
} from '../../protocol/tablesPage';
import { type Comparison, sameCell } from './compareTables';

/** A piece of a comparison as the page shows it. */
export async function comparedWindow(
  comparison: Comparison,
  { onlyDifferences, fromRow, toRow, columns }: ComparedArea,
  signal: AbortSignal,
): Promise<ComparedWindow> {
  const { pairs, differs, differing } = comparison;
  const end = Math.min(toRow, onlyDifferences ? differing.length : differs.length);
  const places = Array.from({ length: Math.max(0, end - fromRow) }, (_, at) =>
    onlyDifferences ? differing[fromRow + at]! : fromRow + at,
  );
  const [first, second] = [
    Int32Array.from(places, (place) => pairs.first[place]!),
    Int32Array.from(places, (place) => pairs.second[place]!),
  ];
  const standings = places.map((place, at): ComparedStanding => {
    if (second[at]! < 0) return 'first';
    if (first[at]! < 0) return 'second';
    return differs[place] === 1 ? 'differs' : 'same';
  });
  const cells: (readonly ComparedCell[])[] = [];
  for (const column of columns) {
    cells.push(await cellsOf(comparison, column, first, second, signal));
  }
  return { standings, first, second, cells };
}

async function cellsOf(
  { tables, columns }: Comparison,
  column: number,
  first: Int32Array,
  second: Int32Array,
  signal: AbortSignal,
): Promise<readonly ComparedCell[]> {
  const pair = columns[column] ?? { first: -1, second: -1 };
  const isSame = sameCell(...tables, pair);
  const ones = await textsAt(0, pair.first, first);
  const others = await textsAt(1, pair.second, second);
  return ones.map((one, at): ComparedCell => {
    const other = others[at] ?? null;
    return one !== null && other !== null && isSame(one, other)
      ? (cut(one) ?? '')
      : [cut(one), cut(other)];
  });

  async function textsAt(
    which: 0 | 1,
    place: number,
    rows: Int32Array,
  ): Promise<readonly (string | null)[]> {
    if (place < 0) return Array.from(rows, () => null);
    const there = Uint32Array.from(rows, (row) => Math.max(0, row));
    const texts = await tables[which].texts(place, there, signal);
    return texts.map((text, at) => (rows[at]! < 0 ? null : text));
  }
}

function cut(text: string | null): string | null {
  return text !== null && text.length > longestCell ? `${text.slice(0, longestCell)}…` : text;
}
