/** What Python's `int(text)` makes of a text; undefined where it raises ValueError. Digits are ASCII here. */
export function pythonInt(text: string): bigint | undefined {
  const bare = text.trim();
  if (!/^[-+]?\d+(?:_\d+)*$/.test(bare)) return undefined;
  const digits = BigInt(bare.replace(/^[-+]/, '').replaceAll('_', ''));
  return bare.startsWith('-') ? -digits : digits;
}

/** What Python's `float(text)` makes of a text; undefined where it raises ValueError. */
export function pythonFloat(text: string): number | undefined {
  const bare = text.trim();
  const [, sign = '', word] = /^([-+]?)(inf|infinity|nan)$/i.exec(bare) ?? [];
  if (word !== undefined) {
    if (word.toLowerCase() === 'nan') return NaN;
    return sign === '-' ? -Infinity : Infinity;
  }
  const number =
    /^[-+]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[-+]?\d+(?:_\d+)*)?$/i;
  return number.test(bare) ? Number(bare.replaceAll('_', '')) : undefined;
}
