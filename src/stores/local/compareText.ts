/**
 * Compares as SQLite and Python do: by code point. JavaScript's own `<` compares UTF-16 units, which
 * puts what lies beyond U+FFFF before U+E000.
 */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) {
      return codeOrder(left) - codeOrder(right);
    }
  }
  return a.length - b.length;
}

/** Surrogates, which stand for what lies beyond U+FFFF, after everything else. */
function codeOrder(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
