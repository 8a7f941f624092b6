import type { SweepPlan } from '../plan/sweepPlan';
import type { BestSoFar, SweepMetric } from '../sweepContracts';
import { hasEnded, type SeenChild } from './seenSweep';
import {
  leftovers,
  standingOf,
  type Attempts,
  type Standing,
  type StandingRules,
} from './standing';

/** How a sweep stands as a whole. */
export interface Survey {
  readonly done: number;
  readonly endedEarly: number;
  readonly failed: number;
  /** Combinations that somebody works on. */
  readonly taken: number;
  /** Those among them that the caller has claimed. */
  readonly mine: readonly OpenCombination[];
  /** Combinations that can be claimed, in order; no more of them than were asked for. */
  readonly open: readonly OpenCombination[];
  /** Runs that say they go on, or finished, and are to be marked as killed. */
  readonly toKill: readonly SeenChild[];
  readonly best: BestSoFar | undefined;
  /** Whether a run has reached the metric's target. */
  readonly isTargetReached: boolean;
  /** Milliseconds that a run took; undefined until one has ended. */
  readonly medianTime: number | undefined;
  /** Whether a whole look may show runs that this one did not. */
  readonly hasUnseen: boolean;
}

export interface OpenCombination {
  readonly number: number;
  readonly attempt: number;
}

/** Names an attempt. */
export function keyOf(number: number, attempt: number): string {
  return `${number}.${attempt}`;
}

export interface SurveyRules extends StandingRules {
  readonly metric: SweepMetric | undefined;
  readonly mostOpen: number;
  /** The caller among the claimants. */
  readonly self: string;
}

/** Looks over all combinations. What nobody has touched yet is not looked at one by one. */
export function survey(
  plan: SweepPlan,
  known: ReadonlyMap<number, Attempts>,
  rules: SurveyRules,
): Survey {
  const counts: Record<Standing['kind'], number> = {
    done: 0,
    early: 0,
    failed: 0,
    taken: 0,
    open: 0,
  };
  const open: OpenCombination[] = [];
  const mine: OpenCombination[] = [];
  const toKill: SeenChild[] = [];
  const times: number[] = [];
  let hasUnseen = false;
  let best: BestSoFar | undefined;
  for (const attempts of known.values()) {
    const { number } = attempts;
    if (number >= plan.size || plan.isLeftOut(number)) continue;
    const standing = standingOf(attempts, rules);
    counts[standing.kind]++;
    if (standing.kind === 'taken' && standing.isUnseen) hasUnseen = true;
    times.push(...attempts.children.flatMap(timeOf));
    if (standing.kind === 'open') open.push({ number, attempt: standing.attempt });
    if (standing.kind === 'taken' && standing.claimant === rules.self) {
      mine.push({ number, attempt: standing.attempt });
    }
    toKill.push(...leftovers(attempts, rules));
    const counting = attempts.children.filter(
      ({ status, ended }) => status === 'FINISHED' || ended === 'early',
    );
    for (const child of counting) best = better(best, child, rules.metric);
  }
  open.sort((a, b) => a.number - b.number);
  return {
    ...{ done: counts.done, endedEarly: counts.early, failed: counts.failed, taken: counts.taken },
    ...{ open: firstOpen(plan, known, open, rules.mostOpen), mine, toKill, best },
    isTargetReached: best !== undefined && reaches(best.value, rules.metric),
    medianTime: times.sort((a, b) => a - b)[times.length >> 1],
    hasUnseen,
  };
}

/** Attempts that broke off come first, then what nobody has touched. */
function firstOpen(
  plan: SweepPlan,
  known: ReadonlyMap<number, Attempts>,
  brokenOff: readonly OpenCombination[],
  most: number,
): OpenCombination[] {
  const open = brokenOff.slice(0, most);
  let next = plan.next(0);
  while (open.length < most && next !== undefined) {
    if (!known.has(next)) open.push({ number: next, attempt: 0 });
    next = plan.next(next + 1);
  }
  return open;
}

function better(
  best: BestSoFar | undefined,
  { runId, number, value }: SeenChild,
  metric: SweepMetric | undefined,
): BestSoFar | undefined {
  if (value === undefined || metric === undefined) return best;
  const isBetter =
    best === undefined ||
    (metric.goal === 'minimize' ? value < best.value : value > best.value) ||
    (value === best.value && number < best.number);
  return isBetter ? { runId, number, value } : best;
}

function reaches(value: number, metric: SweepMetric | undefined): boolean {
  if (metric?.target === undefined) return false;
  return metric.goal === 'minimize' ? value <= metric.target : value >= metric.target;
}

/** Milliseconds that a run took to its end, if it came there. */
function timeOf({ startTime, endTime, status }: SeenChild): number[] {
  if (!hasEnded({ status }) || status === 'KILLED') return [];
  return startTime === undefined || endTime === undefined ? [] : [Math.max(0, endTime - startTime)];
}

/** Seconds until `left` runs have ended, `atOnce` at a time; undefined until one has. */
export function secondsLeft(
  medianTime: number | undefined,
  left: number,
  atOnce: number,
): number | undefined {
  if (medianTime === undefined || !Number.isFinite(left)) return undefined;
  return ((medianTime / 1000) * left) / Math.max(1, Math.min(atOnce, left));
}
