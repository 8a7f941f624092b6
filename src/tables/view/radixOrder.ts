const digitBits = 16;
const digits = 2 ** digitBits;
const digitMask = digits - 1;

/**
 * Rows by their keys, equal ones in the order they came in, and those without a key (NaN) behind all others. Sorts by digits of 16 bits:
 * doubles are in the order of their bits, where those of negative ones are turned over.
 *
 * @param keys by row
 */
export function radixOrder(
  keys: Float64Array,
  rows: Uint32Array,
  descending: boolean,
): Uint32Array<ArrayBuffer> {
  const present = rows.filter((row) => !Number.isNaN(keys[row]!));
  const sorted = sortPresent(keys, present, descending);
  if (sorted.length === rows.length) return sorted;
  const order = new Uint32Array(rows.length);
  order.set(sorted);
  order.set(
    rows.filter((row) => Number.isNaN(keys[row]!)),
    sorted.length,
  );
  return order;
}

interface Items {
  readonly low: Uint32Array;
  readonly high: Uint32Array;
  readonly row: Uint32Array<ArrayBuffer>;
}

function sortPresent(
  keys: Float64Array,
  rows: Uint32Array,
  descending: boolean,
): Uint32Array<ArrayBuffer> {
  let items = toItems(keys, rows, descending);
  let spare = emptyItems(rows.length);
  for (const [part, shift] of [
    ['low', 0],
    ['low', digitBits],
    ['high', 0],
    ['high', digitBits],
  ] as const) {
    if (distribute(items, spare, part, shift)) [items, spare] = [spare, items];
  }
  return items.row;
}

function emptyItems(length: number): Items {
  return {
    low: new Uint32Array(length),
    high: new Uint32Array(length),
    row: new Uint32Array(length),
  };
}

function toItems(keys: Float64Array, rows: Uint32Array, descending: boolean): Items {
  const items = emptyItems(rows.length);
  const key = new Float64Array(1);
  const bits = new Uint32Array(key.buffer);
  const turned = descending ? 0xffffffff : 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    // Makes 0 of -0: the two are equal.
    key[0] = keys[row]! + 0;
    const high = bits[1]!;
    const isNegative = high >>> 31 === 1;
    items.low[at] = (isNegative ? ~bits[0]! : bits[0]!) ^ turned;
    items.high[at] = (isNegative ? ~high : high ^ 0x80000000) ^ turned;
    items.row[at] = row;
  }
  return items;
}

/** Says whether anything was moved: a digit that all have is no reason to. */
function distribute(from: Items, to: Items, part: 'low' | 'high', shift: number): boolean {
  const values = from[part];
  const { length } = values;
  const places = new Uint32Array(digits + 1);
  for (let at = 0; at < length; at++) places[((values[at]! >>> shift) & digitMask) + 1]!++;
  if (length === 0 || places[((values[0]! >>> shift) & digitMask) + 1] === length) return false;
  for (let digit = 0; digit < digits; digit++) places[digit + 1]! += places[digit]!;
  for (let at = 0; at < length; at++) {
    const place = places[(values[at]! >>> shift) & digitMask]!++;
    to.low[place] = from.low[at]!;
    to.high[place] = from.high[at]!;
    to.row[place] = from.row[at]!;
  }
  return true;
}
