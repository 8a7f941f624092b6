import { MlflowError } from '../mlflow/errors';
import type { TrackingStore } from '../mlflow/trackingStore';
import type { LiveChild } from './liveChild';
import { hasEnded, type SeenChild } from './schedule/seenSweep';
import { keyOf } from './schedule/survey';
import type { SweepHost, SweepMachine } from './sweepContracts';
import { endedTag } from './sweepTags';
import type { SweepView } from './sweepView';

export interface TidyParts {
  readonly host: Pick<SweepHost, 'store' | 'endLost'>;
  readonly machine: Pick<SweepMachine, 'backend'>;
  readonly claimant: string;
  readonly view: SweepView;
  /** By {@link keyOf}. */
  readonly live: ReadonlyMap<string, LiveChild>;
  /** Whether a run is marked although a cluster cannot be asked to end it. */
  readonly insists: boolean;
}

/**
 * Marks as killed what died (`toKill`), and runs of ours that a lost reply left behind. Resolves to what kept one from being ended where it
 * may still go on; it is tried again with the next look.
 */
export async function tidySweep(
  parts: TidyParts,
  toKill: readonly SeenChild[],
  signal: AbortSignal,
): Promise<unknown> {
  const { view, host, machine, insists } = parts;
  let trouble: unknown;
  for (const child of new Set([...toKill, ...leftBehind(parts)])) {
    try {
      await host.endLost(child.runId, machine.backend);
    } catch (error) {
      trouble = error;
      if (!insists) continue;
    }
    const killed = await markKilled(host.store, child, signal);
    if (killed !== undefined) view.note(killed);
  }
  return insists ? undefined : trouble;
}

function leftBehind({ view, claimant, live }: TidyParts): SeenChild[] {
  const own = new Set(
    view.claims.flatMap((claim) =>
      claim.claimant === claimant ? [keyOf(claim.number, claim.attempt)] : [],
    ),
  );
  return [...view.children].filter((child) => {
    const key = keyOf(child.number, child.attempt);
    if (hasEnded(child) || !own.has(key)) return false;
    const now = live.get(key);
    return now === undefined || (now.shown !== undefined && now.shown.runId !== child.runId);
  });
}

/** Undefined where it has ended by itself since it was seen, or was deleted: the next look shows it. */
async function markKilled(
  store: TrackingStore,
  child: SeenChild,
  signal: AbortSignal,
): Promise<SeenChild | undefined> {
  try {
    return await writeKilled(store, child, signal);
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** What MLflow says of a run that was deleted, or purged. */
export function isGone(error: unknown): boolean {
  return error instanceof MlflowError && (error.kind === 'notFound' || error.kind === 'rejected');
}

async function writeKilled(
  store: TrackingStore,
  child: SeenChild,
  signal: AbortSignal,
): Promise<SeenChild | undefined> {
  const { runId } = child;
  const { status } = await store.getRun(runId, signal);
  if (status !== child.status) return undefined;
  const ended = status === 'FINISHED' ? 'superseded' : 'lost';
  await store.setRunTag(runId, endedTag, ended, signal);
  await store.endRun(runId, 'KILLED', child.endTime ?? Date.now(), signal);
  return { ...child, status: 'KILLED', ended };
}

/** Ends what others have begun anew, or finished, because they took us for dead. */
export function endSuperseded(view: SweepView, live: Iterable<LiveChild>): void {
  for (const child of live) {
    const isTaken = view.claims.some(
      ({ number, attempt }) => number === child.number && attempt > child.attempt,
    );
    const isDone = [...view.children].some(
      ({ number, status, runId }) =>
        number === child.number && status === 'FINISHED' && runId !== child.shown?.runId,
    );
    if (isTaken || isDone) child.end('superseded');
  }
}
