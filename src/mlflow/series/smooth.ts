/** The far end of the slider for smoothing; 0 and 1 leave values as they are. */
export const maxSmoothing = 100;

/**
 * Smooths values, in the order they are given, with the debiased exponential moving average of MLflow's own charts
 * (`EMA` in `MetricsPlotView` of mlflow/mlflow): with `s = weight / 101`, `b = b * s + (1 - s) * value` and the result
 * `b / (1 - s^(place + 1))`. As there, NaN stays where it is and counts as a place, and up to one value, or values that are
 * all the same, come back as they are. Unlike there, infinite values are passed by in the same way as NaN: in MLflow's
 * average everything after one is infinite.
 *
 * @param weight from 0 to {@link maxSmoothing}
 * @returns `values` itself where there is nothing to smooth
 */
export function smooth(values: Float64Array, weight: number): Float64Array {
  if (!(weight > 1) || values.length <= 1 || isConstant(values)) return values;
  const share = Math.min(weight, maxSmoothing) / (maxSmoothing + 1);
  const smoothed = new Float64Array(values.length);
  let biased = 0;
  let missing = 1;
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    // Below half of the last digit of 1, what is missing makes no difference any more.
    missing = missing > Number.EPSILON / 4 ? Math.pow(share, index + 1) : 0;
    if (Number.isFinite(value)) {
      biased = biased * share + (1 - share) * value;
      smoothed[index] = biased / (1 - missing);
    } else {
      smoothed[index] = value;
    }
  }
  return smoothed;
}

function isConstant(values: Float64Array): boolean {
  return values.every((value) => value === values[0]);
}
