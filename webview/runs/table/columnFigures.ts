import { formatShort } from '../../../src/mlflow/format';
import type { Column } from '../model/column';
import type { TableRows } from '../model/tableRows';

/** What is known of a column of numbers over all rows of the table. */
export interface ColumnFigures {
  /** Least and greatest finite values; `undefined` where there are no two different ones. */
  readonly extent: { readonly least: number; readonly greatest: number } | undefined;
  /** So many characters stand behind the longest whole part of its short numbers, the point among them. */
  readonly fraction: number;
}

/** So many rows are looked at for the number of decimals. */
const sampleSize = 300;
const longestFraction = 7;
const figureSpace = '\u2007';

/** @param isOutside whether a run is shown for those that are nested in it alone: it counts for nothing */
export function columnFigures(
  column: Column,
  { order }: TableRows,
  isOutside: (at: number) => boolean,
): ColumnFigures {
  let [least, greatest] = [Infinity, -Infinity];
  let fraction = 0;
  const step = Math.max(1, Math.floor(order.length / sampleSize));
  order.forEach((at, row) => {
    if (at < 0 || isOutside(at)) return;
    const value = column.number(at);
    if (!Number.isFinite(value)) return;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
    if (row % step === 0) fraction = Math.max(fraction, fractionOf(formatShort(value)));
  });
  return {
    extent: least < greatest ? { least, greatest } : undefined,
    fraction: Math.min(longestFraction, fraction),
  };
}

/** A short number with blanks behind it, so that the points of a column stand below each other. */
export function alignedIn({ fraction }: ColumnFigures, value: number): string {
  const text = formatShort(value);
  if (!Number.isFinite(value)) return text;
  return text + figureSpace.repeat(Math.max(0, fraction - fractionOf(text)));
}

function fractionOf(text: string): number {
  const point = text.search(/[.e]/);
  return point < 0 ? 0 : text.length - point;
}
