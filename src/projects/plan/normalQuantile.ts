import { exactLog } from './exactMath';

/** Numerators and denominators of P. J. Acklam's approximation, highest power first. */
const middle = [
  [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
    2.506628277459239,
  ],
  [
    -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972,
    -13.28068155288572, 1,
  ],
] as const;
const tail = [
  [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734,
    4.374664141464968, 2.938163982698783,
  ],
  [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1],
] as const;

const tailFrom = 0.02425;

/** Where so much of the standard normal distribution lies below; `share` is between 0 and 1. Right to about 9 digits. */
export function normalQuantile(share: number): number {
  if (share < tailFrom) return inTail(share);
  if (share > 1 - tailFrom) return -inTail(1 - share);
  const offset = share - 0.5;
  const square = offset * offset;
  return (polynomial(middle[0], square) * offset) / polynomial(middle[1], square);
}

function inTail(share: number): number {
  const root = Math.sqrt(-2 * exactLog(share));
  return polynomial(tail[0], root) / polynomial(tail[1], root);
}

function polynomial(factors: readonly number[], value: number): number {
  return factors.reduce((sum, factor) => sum * value + factor, 0);
}
