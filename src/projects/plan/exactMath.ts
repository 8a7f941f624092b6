/**
 * Logarithm and exponential made of additions, multiplications, divisions and square roots alone, which IEEE 754 fixes to the last
 * bit: `Math.log` and `Math.exp` may differ between machines, and a sweep is resumed on another one.
 */

const ln2 = 0.6931471805599453;
/** 1, 1/3, 1/5, …, the last first: enough for 16 digits. */
const oddShares = Array.from({ length: 13 }, (_, n) => 1 / (2 * n + 1)).toReversed();
/** 1, 1/2, 1/6, …: factorials, the last first. */
const factorialShares = [1];
for (let n = 1; n <= 16; n++) factorialShares.unshift((factorialShares[0] ?? 1) / n);

/** Natural logarithm of a finite number above 0; right to about 15 digits. */
export function exactLog(value: number): number {
  let mantissa = value;
  let exponent = 0;
  while (mantissa >= 1.4142135623730951) {
    mantissa /= 2;
    exponent++;
  }
  while (mantissa < 0.7071067811865476) {
    mantissa *= 2;
    exponent--;
  }
  const ratio = (mantissa - 1) / (mantissa + 1);
  const square = ratio * ratio;
  let sum = 0;
  for (const share of oddShares) sum = sum * square + share;
  return 2 * ratio * sum + exponent * ln2;
}

/** e to the power of `value`; right to about 15 digits, `Infinity` and 0 beyond what a number holds. */
export function exactExp(value: number): number {
  if (value > 709.7) return Infinity;
  if (value < -744) return 0;
  const doublings = Math.round(value / ln2);
  const rest = value - doublings * ln2;
  let sum = 0;
  for (const share of factorialShares) sum = sum * rest + share;
  const factor = doublings < 0 ? 0.5 : 2;
  for (let left = Math.abs(doublings); left > 0; left--) {
    sum *= factor;
  }
  return sum;
}
