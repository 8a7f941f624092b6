import type { Run } from '../mlflow/model';

/** How much of runs is read at a time. */
export interface ReadLimits {
  readonly runs: number;
  /** Params, metrics and tags: taking more over from the worker would hold the extension host up. */
  readonly values: number;
}

/** How many params, metrics and tags a run holds. */
export function valuesOf({ params, metrics, tags }: Run): number {
  return params.length + metrics.length + tags.length;
}

/** How many runs that are as large as these on average, of which there is at least one, fit within limits. */
export function fittingCount(runs: readonly Run[], limits: ReadLimits): number {
  const values = runs.reduce((sum, run) => sum + valuesOf(run), 0);
  const each = Math.max(1, values / runs.length);
  return Math.max(1, Math.min(limits.runs, Math.floor(limits.values / each)));
}
