import type { Param, RunStatus } from '../../mlflow/model';

/** A claim to make an attempt at a combination, as the parent run holds it. */
export interface SeenClaim {
  readonly number: number;
  readonly attempt: number;
  readonly claimant: string;
}

/** A child run: one attempt at a combination. */
export interface SeenChild {
  readonly runId: string;
  readonly number: number;
  readonly attempt: number;
  readonly status: RunStatus;
  /** Why we ended it: `early`, `stopped`, `superseded` or `lost`. */
  readonly ended: string | undefined;
  readonly startTime: number | undefined;
  readonly endTime: number | undefined;
  /** The latest value of the sweep's metric. */
  readonly value: number | undefined;
  readonly params: readonly Param[];
}

export function hasEnded({ status }: Pick<SeenChild, 'status'>): boolean {
  return status !== 'RUNNING' && status !== 'SCHEDULED';
}
