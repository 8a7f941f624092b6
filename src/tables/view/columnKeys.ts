import { valueOf } from '../cells/columnKind';
import type { HeldTable } from '../heldTable';

/** Numbers in whose order the cells of a column stand; NaN for cells that say that there is nothing. */
export async function columnKeys(
  table: HeldTable,
  column: number,
  locale: string,
  signal: AbortSignal,
): Promise<Float64Array> {
  const kind = table.columns[column]?.kind ?? 'text';
  if (valueOf(kind) === undefined) {
    const { compare } = new Intl.Collator(locale, { numeric: true });
    const byOrder = (one: string, other: string): number =>
      compare(one, other) || (one < other ? -1 : 1);
    return textRanks(table, column, signal, byOrder, (text) => text === '');
  }
  if (table.hasLarge(column)) {
    return exactRanks(table, column, signal);
  }
  const keys = new Float64Array(table.rows).fill(NaN);
  for await (const { from, count, value } of table.pieces(column, signal)) {
    for (let at = 0; at < count; at++) {
      keys[from + at] = value(at);
    }
  }
  return keys;
}

/** Each text's place among all different ones. */
async function textRanks(
  table: HeldTable,
  column: number,
  signal: AbortSignal,
  compare: (one: string, other: string) => number,
  isMissing: (text: string) => boolean,
): Promise<Float64Array> {
  const ids = new Map<string, number>();
  const idOf = new Int32Array(table.rows).fill(-1);
  for await (const { from, count, text } of table.pieces(column, signal)) {
    for (let at = 0; at < count; at++) {
      const cell = text(at);
      if (isMissing(cell)) continue;
      const known = ids.get(cell);
      idOf[from + at] = known ?? ids.size;
      if (known === undefined) ids.set(cell, ids.size);
    }
  }
  const texts = [...ids.keys()];
  const sorted = Uint32Array.from(texts.keys()).sort((one, other) =>
    compare(texts[one]!, texts[other]!),
  );
  const ranks = new Float64Array(texts.length);
  let rank = 0;
  sorted.forEach((id, place) => {
    const before = sorted[place - 1];
    if (before !== undefined && compare(texts[before]!, texts[id]!) !== 0) rank++;
    ranks[id] = rank;
  });
  return Float64Array.from(idOf, (id) => (id < 0 ? NaN : ranks[id]!));
}

/** For integers that doubles do not hold: two of them may be the same double. */
async function exactRanks(
  table: HeldTable,
  column: number,
  signal: AbortSignal,
): Promise<Float64Array> {
  const toValue = valueOf('number')!;
  const compare = (one: string, other: string): number =>
    toValue(one) - toValue(other) || compareExactly(one, other);
  return textRanks(table, column, signal, compare, (text) => Number.isNaN(toValue(text)));
}

/** Compares two texts that are the same double. */
export function compareExactly(one: string, other: string): number {
  const [first, second] = [toInteger(one), toInteger(other)];
  if (first === undefined || second === undefined || first === second) return 0;
  return first < second ? -1 : 1;
}

function toInteger(text: string): bigint | undefined {
  const plain = text.trim().replace(/^\+/, '');
  return /^-?\d+$/.test(plain) ? BigInt(plain) : undefined;
}
