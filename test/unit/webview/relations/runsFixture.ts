import type { ComparedRun } from '../../../../src/protocol/comparePage';
import { relationSource } from '../../../../webview/compare/relationSource';
import type { RelationSource } from '../../../../webview/relations/source';

/** Metrics that runs of these tests may have, in the order of their keys. */
export const metricKeys = ['loss', 'acc', 'system/cpu'];

/** A run with params and latest values of metrics. */
export function run(
  name: string,
  params: Readonly<Record<string, string>>,
  metrics: Readonly<Record<string, number>> = {},
): ComparedRun {
  const keys = Object.keys(metrics);
  const column = (): Float64Array => new Float64Array(keys.length);
  return {
    key: `key of ${name}`,
    runId: `id of ${name}`,
    name,
    experimentName: 'lab',
    connection: 'http://127.0.0.1:5000',
    standing: 'ready',
    status: 'FINISHED',
    deleted: false,
    startTime: 0,
    color: 0,
    params: Object.entries(params).map(([key, text]) => ({ key, text })),
    tags: [],
    attributes: [],
    metrics: {
      keys: Uint32Array.from(keys, (key) => metricKeys.indexOf(key)),
      values: Float64Array.from(Object.values(metrics)),
      steps: column(),
      timestamps: column(),
    },
  };
}

/** What charts read of runs. */
export function sourceOf(runs: readonly ComparedRun[], keys = metricKeys): RelationSource {
  return relationSource(runs, keys);
}
