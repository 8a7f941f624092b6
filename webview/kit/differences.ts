import { formatShort } from '../../src/mlflow/format';

const minus = '\u2212';

function signed(text: string): string {
  return text.startsWith('-') ? `${minus}${text.slice(1)}` : `+${text}`;
}

/**
 * How far a value is from the baseline's, as in `+0.012 (+1.5%)`; without the percentage where the baseline's is zero, and
 * nothing where there is nothing to measure.
 */
export function differenceText(value: number | undefined, baseline: number | undefined): string {
  if (value === undefined || baseline === undefined || value === baseline) return '';
  const difference = value - baseline;
  if (!Number.isFinite(difference)) return '';
  const share = (difference / Math.abs(baseline)) * 100;
  const absolute = signed(formatShort(rounded(difference)));
  return baseline === 0 || !Number.isFinite(share)
    ? absolute
    : `${absolute} (${signed(percentText(share))}%)`;
}

/** Without the digits that subtracting doubles makes up. */
function rounded(difference: number): number {
  return Number(difference.toPrecision(12));
}

function percentText(share: number): string {
  const size = Math.abs(share);
  if (size >= 1e6) return share.toExponential(1);
  return share.toFixed(size >= 100 ? 0 : size >= 1 ? 1 : 2);
}

/** As many characters are kept free behind the point. */
const fractionLength = 7;
const figureSpace = '\u2007';

/** A short number with blanks behind it, so that decimal points stand below each other in right-aligned columns. */
export function alignedNumber(value: number): string {
  const text = formatShort(value);
  const point = text.search(/[.e]/);
  const fraction = point < 0 ? 0 : text.length - point;
  return text + figureSpace.repeat(Math.max(0, fractionLength - fraction));
}
