import type { Tag } from '../mlflow/model';
import type { Claims } from './claims';
import type { KeptSweep } from './parentRun';
import type { SweepClock } from './persist';
import type { SweepPlan } from './plan/sweepPlan';
import type { SweepHost, SweepMachine } from './sweepContracts';

/** What a sweep is carried out with. */
export interface SweepParts {
  readonly kept: KeptSweep;
  readonly plan: SweepPlan;
  readonly machine: SweepMachine;
  readonly host: SweepHost;
  readonly claims: Claims;
  /** Unique for this engine. */
  readonly claimant: string;
  /** Tags that all children get. */
  readonly tags: readonly Tag[];
  readonly clock: SweepClock;
  readonly retryFailed: boolean;
}
