import type { SweepPlan } from './plan/sweepPlan';
import { secondsLeft, type Survey } from './schedule/survey';
import type { SweepChild, SweepMachine, SweepProgress, SweepState } from './sweepContracts';

export interface ProgressParts {
  readonly plan: SweepPlan;
  readonly machine: SweepMachine;
  readonly state: SweepState;
  readonly trouble: unknown;
  /** Going on here. */
  readonly children: readonly SweepChild[];
  /** Undefined before the first look. */
  readonly found: Survey | undefined;
}

/** What is told of a sweep. */
export function toProgress(parts: ProgressParts): SweepProgress {
  const { plan, machine, state, trouble, children, found } = parts;
  const {
    done = 0,
    failed = 0,
    endedEarly = 0,
    taken = 0,
    best,
    mine = [],
    medianTime,
  } = found ?? {};
  const left = plan.count - done - failed - endedEarly;
  const runningElsewhere = Math.max(0, taken - mine.length);
  return {
    ...{ state, total: plan.count, done, failed, endedEarly, children, runningElsewhere, best },
    secondsLeft: secondsLeft(medianTime, left, machine.parallelism + runningElsewhere),
    trouble,
  };
}
