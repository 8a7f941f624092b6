import { setTimeout as delay } from 'node:timers/promises';

import { isAbortError } from '../mlflow/errors';
import type { Run, RunStatus } from '../mlflow/model';
import { isLive } from '../mlflow/runFacts';
import type { LaunchedRun } from '../state/launches';
import type { Session } from '../state/session';
import type { Sessions } from '../state/sessions';
import { findRun, type SoughtRun } from './findRun';

const lookInterval = 1000;
/** A server that has gone for a minute is waited for. */
const patience = 90_000;

/** What is asked while a run is sought. */
export interface Seeking {
  /** Ids of runs that are other launches'. */
  readonly taken: ReadonlySet<string>;
  /** Resolves once the process has ended: what it has made until then is all there is. */
  readonly ended: Promise<unknown>;
  readonly signal: AbortSignal;
  /** Told of what keeps the server from answering, and of nothing once it answers. */
  readonly onTrouble: (error: unknown) => void;
}

/** The session with this id, opened; undefined where the window is not connected to it. */
export async function openSession(
  sessions: Sessions,
  id: string | undefined,
): Promise<Session | undefined> {
  if (id === undefined) {
    return undefined;
  }
  await sessions.ensure();
  const session = sessions.get(id);
  await session?.connection.ensure();
  return session;
}

/** Looks until the run is there, or the process has ended without one. */
export async function seekRun(
  session: Session,
  sought: SoughtRun,
  { taken, ended, signal, onTrouble }: Seeking,
): Promise<LaunchedRun | undefined> {
  let endedAt: number | undefined;
  const end = ended.then(() => {
    endedAt = Date.now();
  });
  for (;;) {
    const since = endedAt;
    try {
      const { store } = session;
      const run = store && (await findRun(store, sought, taken, since !== undefined, signal));
      onTrouble(undefined);
      if (run !== undefined || since !== undefined) {
        return run && placeOf(session, run);
      }
    } catch (error) {
      if (isAbortError(error) || (since !== undefined && Date.now() - since > patience)) {
        throw error;
      }
      onTrouble(error);
    }
    const pause = delay(lookInterval, undefined, { signal });
    await (endedAt === undefined ? Promise.race([end, pause]) : pause);
  }
}

/**
 * How a run has ended whose process is gone. What was killed cannot say so to MLflow: its run is ended here, where `isGone` says
 * that nothing of it goes on elsewhere.
 */
export async function settleRun(
  session: Session,
  { experimentId, runId }: LaunchedRun,
  isGone: boolean,
  signal: AbortSignal,
): Promise<RunStatus | undefined> {
  const begun = Date.now();
  for (;;) {
    try {
      const { store } = session;
      const run = await store?.getRun(runId, signal);
      const isLost = run !== undefined && isLive(run) && isGone;
      if (isLost) {
        await store?.endRun(runId, 'KILLED', Date.now(), signal);
      }
      await session.experiments?.refreshLive([experimentId], signal);
      return isLost ? 'KILLED' : run?.status;
    } catch (error) {
      if (isAbortError(error) || Date.now() - begun > patience) {
        throw error;
      }
    }
    await delay(lookInterval, undefined, { signal });
  }
}

function placeOf({ id }: Session, run: Run): LaunchedRun {
  return { connection: id, experimentId: run.experimentId, runId: run.id, name: run.name };
}
