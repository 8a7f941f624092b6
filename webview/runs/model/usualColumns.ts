import type { TableExperiment } from '../../../src/protocol/runsPage';
import type { ColumnId } from './columnId';
import type { RunsData } from './runsData';

/** Beside the name and the attributes, at most so many columns are shown unasked. */
const mostVarying = 30;
const fewestOfKind = 8;

const usualAttributes: readonly ColumnId[] = [
  'attribute:status',
  'attribute:created',
  'attribute:duration',
  'attribute:user',
];

/**
 * The columns that are shown while nobody has chosen any: a few attributes, then metrics (the primary ones first) and
 * params in which runs differ. What `before` has stays where it is, so that nothing jumps while runs arrive.
 */
export function usualColumns(
  data: RunsData,
  experiments: readonly TableExperiment[],
  before: readonly ColumnId[],
): readonly ColumnId[] {
  const metrics = before.filter((id) => id.startsWith('metric:'));
  const params = before.filter((id) => id.startsWith('param:'));
  const room = mostVarying - metrics.length - params.length;
  if (room <= 0) return before;
  const shown = new Set(before);
  const primary = experiments.flatMap(({ primaryMetric }) => primaryMetric?.key ?? []);
  const isMissing = (id: ColumnId): boolean => !shown.has(id);
  const newMetrics = [
    ...primary.filter((key) => data.columnsOf('metric').has(key)),
    ...varyingKeys(data, 'metric'),
  ]
    .map((key): ColumnId => `metric:${key}`)
    .filter(isMissing);
  const newParams = varyingKeys(data, 'param')
    .map((key): ColumnId => `param:${key}`)
    .filter(isMissing);
  const forParams = Math.min(
    newParams.length,
    Math.max(room - newMetrics.length, Math.min(room, fewestOfKind)),
  );
  const addedMetrics = [...new Set(newMetrics)].slice(0, Math.max(0, room - forParams));
  if (addedMetrics.length === 0 && forParams <= 0 && before.length > 0) return before;
  return [
    ...usualAttributes,
    ...(experiments.length > 1 ? (['attribute:experiment'] as const) : []),
    ...metrics,
    ...addedMetrics,
    ...params,
    ...newParams.slice(0, Math.max(0, forParams)),
  ];
}

/** Keys in which runs differ, the best filled first, in the order in which they arrived. */
function varyingKeys(data: RunsData, kind: 'metric' | 'param'): readonly string[] {
  return [...data.columnsOf(kind)]
    .filter(([, { filled, varies }]) => varies || (filled > 0 && filled < data.count))
    .filter(([key]) => !key.startsWith('system/'))
    .sort(([, one], [, other]) => other.filled - one.filled)
    .slice(0, mostVarying)
    .map(([key]) => key);
}
