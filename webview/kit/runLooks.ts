/** As many colors as the extension contributes for runs. */
export const runColorCount = 12;

/** Lengths of dashes and gaps in pixels; runs that share a color have different ones. */
export const dashPatterns: readonly (readonly number[])[] = [
  [],
  [6, 3],
  [2, 2],
  [8, 3, 2, 3],
  [12, 4],
  [4, 2, 1, 2],
  [1, 3],
  [10, 2, 2, 2, 2, 2],
];

/** How a run is drawn, everywhere on the page. */
export interface RunLook {
  /** From 0, below {@link runColorCount}. */
  readonly color: number;
  readonly dash: readonly number[];
}

/** The looks of all runs by their keys: among runs of one color, dashes tell which is which. */
export function runLooks(
  runs: readonly { readonly key: string; readonly color: number }[],
): ReadonlyMap<string, RunLook> {
  const taken = new Array<number>(runColorCount).fill(0);
  return new Map(
    runs.map(({ key, color }) => {
      const index = ((Math.trunc(color) % runColorCount) + runColorCount) % runColorCount || 0;
      const place = taken[index] ?? 0;
      taken[index] = place + 1;
      return [key, { color: index, dash: dashPatterns[place % dashPatterns.length] ?? [] }];
    }),
  );
}
