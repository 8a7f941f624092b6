/** A value at a place between 0 and 1 in both directions. */
export interface Sample {
  readonly x: number;
  readonly y: number;
  readonly value: number;
}

/**
 * Fills a grid of cells, row by row from `y` = 0, with values between the samples: at each cell's middle their mean,
 * weighted by the inverse square of the distance (Shepard, "A two-dimensional interpolation function for
 * irregularly-spaced data", 1968). It never goes beyond the samples' own values; where samples lie on one another, it
 * is their mean.
 */
export function interpolate(
  samples: readonly Sample[],
  columns: number,
  rows: number,
): Float64Array {
  const grid = new Float64Array(columns * rows);
  for (let cell = 0; cell < grid.length; cell++) {
    const x = ((cell % columns) + 0.5) / columns;
    const y = (Math.floor(cell / columns) + 0.5) / rows;
    let weights = 0;
    let sum = 0;
    for (const sample of samples) {
      // So close that a sample in the middle of a cell decides it, without dividing by zero.
      const weight = 1 / ((sample.x - x) ** 2 + (sample.y - y) ** 2 + 1e-12);
      weights += weight;
      sum += weight * sample.value;
    }
    grid[cell] = sum / weights;
  }
  return grid;
}
