/**
 * One series as it is drawn: points in ascending order of `x`, where equal ones stay in the order of step,
 * then timestamp. `y` may be NaN or infinite, `x` is always finite.
 */
export interface Curve {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Where each point stands in the series that the curve was made from. */
  readonly source: Uint32Array;
}

/** What the columns of a series are: steps, times in milliseconds since 1970, values. */
export interface SeriesColumns {
  readonly steps: Float64Array;
  readonly timestamps: Float64Array;
  readonly values: Float64Array;
}
