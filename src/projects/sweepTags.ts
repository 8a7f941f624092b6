import type { Run } from '../mlflow/model';
import type { SeenChild, SeenClaim } from './schedule/seenSweep';

export { stateTag, sweepTag } from '../mlflow/sweepFacts';

/** On children: the number of their combination, and which attempt at it they are. */
export const combinationTag = 'mlflowWorkbench.combination';
export const attemptTag = 'mlflowWorkbench.attempt';
/** On children that we ended: why. */
export const endedTag = 'mlflowWorkbench.ended';

const heartbeatPrefix = 'mlflowWorkbench.heartbeat.';

export function heartbeatTag(claimant: string): string {
  return heartbeatPrefix + claimant;
}

export function claimKey(number: number, attempt: number): string {
  return `claim.${number}.${attempt}`;
}

export function tagOf(run: Run, key: string): string | undefined {
  return run.tags.find((tag) => tag.key === key)?.value;
}

/** Heartbeats by claimant. */
export function readHeartbeats(parent: Run): ReadonlyMap<string, string> {
  const beats = parent.tags.filter(({ key }) => key.startsWith(heartbeatPrefix));
  return new Map(beats.map(({ key, value }) => [key.slice(heartbeatPrefix.length), value]));
}

export function readClaims(parent: Run): SeenClaim[] {
  return parent.params.flatMap(({ key, value: claimant }) => {
    const [, number, attempt] = /^claim\.(\d{1,15})\.(\d{1,15})$/.exec(key) ?? [];
    if (number === undefined || attempt === undefined) return [];
    return [{ number: Number(number), attempt: Number(attempt), claimant }];
  });
}

/** Undefined where a run is below the parent without being an attempt at a combination. */
export function readChild(run: Run, metric: string | undefined): SeenChild | undefined {
  const [number, attempt] = [numberOf(run, combinationTag), numberOf(run, attemptTag)];
  if (number === undefined || attempt === undefined) return undefined;
  const value = run.metrics.find(({ key }) => key === metric)?.value;
  return {
    ...{ runId: run.id, number, attempt, status: run.status, ended: tagOf(run, endedTag) },
    ...{ startTime: run.startTime, endTime: run.endTime },
    value: value !== undefined && Number.isFinite(value) ? value : undefined,
    params: run.params,
  };
}

function numberOf(run: Run, key: string): number | undefined {
  const text = tagOf(run, key);
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
