import type { MetricHistory } from '../mlflow/model';
import { summarize } from '../mlflow/series/summary';
import type { RunPage } from '../protocol/runPage';

type Extremes = RunPage['requests']['extremes']['result'];

/**
 * Least and greatest finite values of metrics, in their order; NaN where there is none. What a server sampled is not
 * exact: a peak may lie between the points.
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
  await Promise.all(
    metrics.map(async (metric, place) => {
      const { values, complete } = await read(metric);
      const { min, max } = summarize(values);
      result.min[place] = min?.value ?? NaN;
      result.max[place] = max?.value ?? NaN;
      result.exact[place] = complete ? 1 : 0;
    }),
  );
  return result;
}
