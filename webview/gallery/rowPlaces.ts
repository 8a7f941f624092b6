/** Where rows of several heights lie below each other, in pixels. */
export interface RowPlaces {
  readonly tops: readonly number[];
  readonly height: number;
}

export function rowPlaces(rows: readonly { readonly height: number }[]): RowPlaces {
  let height = 0;
  const tops = rows.map((row) => {
    const top = height;
    height += row.height;
    return top;
  });
  return { tops, height };
}

/** The rows between two heights: from the first that ends behind `from` to before the first that begins behind `to`. */
export function rowsBetween(
  { tops, height }: RowPlaces,
  from: number,
  to: number,
): { readonly start: number; readonly end: number } {
  if (to <= 0 || from >= height) return { start: 0, end: 0 };
  return { start: Math.max(0, firstBehind(tops, from) - 1), end: firstBehind(tops, to) };
}

/** The first row that begins behind a height. */
function firstBehind(tops: readonly number[], height: number): number {
  let low = 0;
  let high = tops.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((tops[middle] ?? 0) > height) high = middle;
    else low = middle + 1;
  }
  return low;
}
