import type { ComparedColumn, ComparedFacts } from '../../protocol/tablesPage';
import { valueOf } from '../cells/columnKind';
import type { HeldTable } from '../heldTable';
import { allTexts } from './allTexts';
import { matchByKey, matchByPlace, type RowPairs } from './matchRows';

/** A column of a comparison: its places in the two tables, -1 where there is none. */
export interface ColumnPair {
  readonly first: number;
  readonly second: number;
}

/** Two tables whose rows and cells were compared. */
export interface Comparison {
  readonly tables: readonly [HeldTable, HeldTable];
  readonly facts: ComparedFacts;
  readonly columns: readonly ColumnPair[];
  readonly pairs: RowPairs;
  /** By pair of rows: whether any cell differs. */
  readonly differs: Uint8Array;
  /** The pairs that differ, and rows that one table lacks. */
  readonly differing: Uint32Array;
}

/** @param key the column by which rows belong together; their places do without it */
export async function compareTables(
  tables: readonly [HeldTable, HeldTable],
  key: string | undefined,
  signal: AbortSignal,
): Promise<Comparison> {
  const columns = pairColumns(tables);
  const byKey = columns.find(({ first }) => tables[0].columns[first]?.name === key);
  const pairs =
    key === undefined || byKey === undefined || byKey.second < 0
      ? matchByPlace(tables[0].rows, tables[1].rows)
      : matchByKey(
          await allTexts(tables[0], byKey.first, signal),
          await allTexts(tables[1], byKey.second, signal),
        );
  const differs = new Uint8Array(pairs.first.length);
  const counts: number[] = [];
  for (const pair of columns) {
    counts.push(await compareColumn(tables, pair, pairs, differs, signal));
  }
  return { tables, columns, pairs, differs, ...summed(tables, columns, counts, pairs, differs) };
}

function pairColumns([first, second]: readonly [HeldTable, HeldTable]): readonly ColumnPair[] {
  const free = new Map<string, number[]>();
  second.columns.forEach(({ name }, place) => free.set(name, [...(free.get(name) ?? []), place]));
  const pairs = first.columns.map(({ name }, place) => ({
    first: place,
    second: free.get(name)?.shift() ?? -1,
  }));
  const rest = [...free.values()].flat().toSorted((one, other) => one - other);
  return [...pairs, ...rest.map((place) => ({ first: -1, second: place }))];
}

/** Says how many cells differ, and marks their rows. */
async function compareColumn(
  [first, second]: readonly [HeldTable, HeldTable],
  pair: ColumnPair,
  pairs: RowPairs,
  differs: Uint8Array,
  signal: AbortSignal,
): Promise<number> {
  if (pair.first < 0 || pair.second < 0) return 0;
  const isSame = sameCell(first, second, pair);
  const [ones, others] = [
    await allTexts(first, pair.first, signal),
    await allTexts(second, pair.second, signal),
  ];
  let count = 0;
  for (let at = 0; at < differs.length; at++) {
    const [one, other] = [pairs.first[at]!, pairs.second[at]!];
    if (one < 0 || other < 0 || isSame(ones[one] ?? '', others[other] ?? '')) continue;
    differs[at] = 1;
    count++;
  }
  return count;
}

/** Numbers are the same however they are written, unless doubles cannot tell. */
export function sameCell(
  first: HeldTable,
  second: HeldTable,
  pair: ColumnPair,
): (one: string, other: string) => boolean {
  const kinds = [first.columns[pair.first]?.kind, second.columns[pair.second]?.kind];
  const toValue = valueOf(kinds[0] ?? 'text');
  const isExact = first.hasLarge(pair.first) || second.hasLarge(pair.second);
  if (toValue === undefined || kinds[0] !== kinds[1] || isExact)
    return (one, other) => one === other;
  return (one, other) => one === other || toValue(one) === toValue(other);
}

function summed(
  tables: readonly [HeldTable, HeldTable],
  columns: readonly ColumnPair[],
  counts: readonly number[],
  pairs: RowPairs,
  differs: Uint8Array,
): Pick<Comparison, 'facts' | 'differing'> {
  let [onlyFirst, onlySecond, differing] = [0, 0, 0];
  const found: number[] = [];
  for (let at = 0; at < differs.length; at++) {
    if (pairs.second[at]! < 0) onlyFirst++;
    else if (pairs.first[at]! < 0) onlySecond++;
    else if (differs[at] === 1) differing++;
    else continue;
    found.push(at);
  }
  const cells = counts.reduce((sum, count) => sum + count, 0);
  return {
    facts: {
      counts: { rows: differs.length, differing, onlyFirst, onlySecond, cells },
      columns: columns.map((pair, at) => describe(tables, pair, counts[at] ?? 0)),
      repeatedKeys: pairs.repeated,
    },
    differing: Uint32Array.from(found),
  };
}

function describe(
  [first, second]: readonly [HeldTable, HeldTable],
  pair: ColumnPair,
  differing: number,
): ComparedColumn {
  const [one, other] = [first.columns[pair.first], second.columns[pair.second]];
  const kind = one === undefined || one.kind === other?.kind ? (other ?? one)?.kind : one.kind;
  return {
    name: (one ?? other)?.name ?? '',
    kind:
      other !== undefined && one !== undefined && one.kind !== other.kind
        ? 'text'
        : (kind ?? 'text'),
    in: other === undefined ? 'first' : one === undefined ? 'second' : 'both',
    differing,
  };
}
