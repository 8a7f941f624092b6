import { isAbortError } from '../mlflow/errors';
import type { MetricHistory } from '../mlflow/model';
import { summarize } from '../mlflow/series/summary';
import type { RunPage } from '../protocol/runPage';

type Extremes = RunPage['requests']['extremes']['result'];

/**
 * Least and greatest finite values of metrics, in their order; NaN where there is none. What a server sampled is not
 * exact: a peak may lie between the points. Neither is what cannot be read; it rejects where nothing can.
 */
export async function runExtremes(
  read: (metric: string) => Promise<MetricHistory>,
  metrics: readonly string[],
): Promise<Extremes> {
  const { length } = metrics;
  const result = {
    min: new Float64Array(length).fill(NaN),
    max: new Float64Array(length).fill(NaN),
    exact: new Uint8Array(length),
  };
  const failures: unknown[] = [];
  await Promise.all(
    metrics.map(async (metric, place) => {
      try {
        const { values, complete } = await read(metric);
        const { min, max } = summarize(values);
        result.min[place] = min?.value ?? NaN;
        result.max[place] = max?.value ?? NaN;
        result.exact[place] = complete ? 1 : 0;
      } catch (error) {
        if (isAbortError(error)) {
          throw error;
        }
        failures.push(error);
      }
    }),
  );
  if (length > 0 && failures.length === length) {
    throw failures[0];
  }
  return result;
}
