const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;

/**
 * Orders texts by code points, as SQLite's bytes of UTF-8 and Python's strings do; JavaScript's `<`
 * orders by UTF-16 units, in which characters beyond U+FFFF come before some below.
 */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) {
      const swapped = isSurrogate(left) !== isSurrogate(right);
      return swapped ? (isSurrogate(left) ? 1 : -1) : left - right;
    }
  }
  return a.length - b.length;
}
