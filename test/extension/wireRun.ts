/** What of a run differs from an ordinary one; shapes as MLflow sends them. */
export interface WireRun {
  readonly id: string;
  readonly name: string;
  readonly status?: string;
  readonly experimentId?: string;
  readonly metrics?: readonly object[];
  readonly params?: readonly object[];
  readonly tags?: readonly object[];
}

/** A run as `runs/search` lists it. */
export function wireRun(run: WireRun): object {
  const experiment = run.experimentId ?? '1';
  return {
    info: {
      run_id: run.id,
      run_uuid: run.id,
      experiment_id: experiment,
      run_name: run.name,
      user_id: 'kim',
      status: run.status ?? 'FINISHED',
      start_time: 1_700_000_000_000,
      ...(run.status === 'RUNNING' ? {} : { end_time: 1_700_000_060_000 }),
      artifact_uri: `mlflow-artifacts:/${experiment}/${run.id}/artifacts`,
      lifecycle_stage: 'active',
    },
    data: { metrics: run.metrics ?? [], params: run.params ?? [], tags: run.tags ?? [] },
  };
}

/** The text of a reply to `runs/search`. */
export function runsReply(...runs: readonly WireRun[]): string {
  return JSON.stringify({ runs: runs.map(wireRun) });
}
