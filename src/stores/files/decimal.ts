const powersOfTen = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));
/** Splits a double into halves whose products are exact (Dekker, doi 10.1007/BF01397083). */
const splitter = 2 ** 27 + 1;
/** More than the error of the second half of the quotient, relative to the first. */
const uncertainty = 2 ** -100;

/**
 * The double next to `(high * 10^digits + low) / 10^power`, as `Number()` reads the same digits, at a tenth of its time; `high` and
 * `low` are integers below 10^9, `digits` at most 9. NaN where the last bit is not sure (about once in 10^15)
 * or `power` is not within 0 … 22, so that ten to it is exact.
 */
export function decimalToDouble(high: number, low: number, digits: number, power: number): number {
  const divisor = powersOfTen[power];
  if (divisor === undefined) return NaN;
  // 30 bits and the 21 of 5^9: no rounding yet. Sum and rest of the two are exact as well.
  const scaled = high * (powersOfTen[digits] ?? NaN);
  const sum = scaled + low;
  const rest = low - (sum - scaled);
  const quotient = sum / divisor;
  const product = quotient * divisor;
  const remainder = (sum - product - productError(quotient, divisor, product) + rest) / divisor;
  const margin = quotient * uncertainty;
  const least = quotient + (remainder - margin);
  return least === quotient + (remainder + margin) ? least : NaN;
}

/** What `product`, the rounded `a * b`, lacks. */
function productError(a: number, b: number, product: number): number {
  const aScaled = a * splitter;
  const aHigh = aScaled - (aScaled - a);
  const aLow = a - aHigh;
  const bScaled = b * splitter;
  const bHigh = bScaled - (bScaled - b);
  const bLow = b - bHigh;
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}
