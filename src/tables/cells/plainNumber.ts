const powersOfTen = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));
const mostDigits = 15;
const minus = 0x2d;
const plus = 0x2b;
const point = 0x2e;

/**
 * The double of decimal digits with at most one point and no exponent, as `Number()` reads it; NaN for whatever else stands there, and where
 * more digits or a greater power would have to be rounded twice: a product or quotient of two exact doubles is rounded once.
 */
export function plainNumber(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  const first = bytes[at];
  if (first === minus || first === plus) at++;
  let digits = 0;
  let value = 0;
  let pointAt = -1;
  for (; at < end; at++) {
    const byte = bytes[at]!;
    if (byte >= 0x30 && byte <= 0x39) {
      value = value * 10 + (byte - 0x30);
      // Zeros in front are no digits that count.
      if (value !== 0) digits++;
    } else if (byte === point && pointAt < 0) pointAt = at;
    else return NaN;
  }
  const written = end - start - (first === minus || first === plus ? 1 : 0);
  if (digits > mostDigits || written === 0 || (pointAt >= 0 && written === 1)) return NaN;
  const divisor = pointAt < 0 ? 1 : powersOfTen[end - 1 - pointAt];
  if (divisor === undefined) return NaN;
  return (first === minus ? -value : value) / divisor;
}
