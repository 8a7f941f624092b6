import type { ComparedRun } from '../../src/protocol/comparePage';
import type { RelationSource } from '../relations/source';

/** What charts of relations read of the runs of this page, whose metrics are numbered by `metricKeys`. */
export function relationSource(
  runs: readonly ComparedRun[],
  metricKeys: readonly string[],
): RelationSource {
  return {
    runs,
    paramKeys: [...new Set(runs.flatMap(({ params }) => params.map(({ key }) => key)))],
    metricKeys,
    param: (key) => (at) => {
      const param = runs[at]?.params.find((each) => each.key === key);
      return param && (param.full ?? param.text);
    },
    metric: (key) => {
      const metric = metricKeys.indexOf(key);
      return (at) => {
        const metrics = runs[at]?.metrics;
        return metrics?.values[metrics.keys.indexOf(metric)];
      };
    },
  };
}
