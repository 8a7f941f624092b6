import { setTimeout as delay } from 'node:timers/promises';

import { ConnectionGone } from '../mlflow/connectionGone';
import { isAbortError } from '../mlflow/errors';
import type { Run, RunStatus } from '../mlflow/model';
import { isLive } from '../mlflow/runFacts';
import type { TrackingStore } from '../mlflow/trackingStore';
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
  /** Id of the run as its processes say it; see `markedRun`. */
  readonly marked: Promise<string | undefined>;
  readonly signal: AbortSignal;
  /** Told of what keeps the server from answering, and of nothing once it answers. */
  readonly onTrouble: (error: unknown) => void;
}

/** A run that was found, and whether it is surely the one that was sought. */
export interface SeenRun {
  readonly place: LaunchedRun;
  readonly isSure: boolean;
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
  { taken, ended, marked, signal, onTrouble }: Seeking,
): Promise<SeenRun | undefined> {
  let endedAt: number | undefined;
  const end = ended.then(() => {
    endedAt = Date.now();
  });
  let own: string | undefined;
  void marked.then((id) => {
    own = id;
  });
  for (;;) {
    const since = endedAt;
    try {
      const store = await storeOf(session);
      const found =
        own === undefined
          ? await findRun(store, sought, taken, since !== undefined, signal)
          : { run: await store.getRun(own, signal), isOnly: true };
      onTrouble(undefined);
      if (found !== undefined || since !== undefined) {
        return found && { place: placeOf(session, found.run), isSure: found.isOnly };
      }
    } catch (error) {
      if (signal.aborted || (since !== undefined && Date.now() - since > patience)) {
        throw error;
      }
      tell(error, onTrouble);
    }
    const pause = delay(lookInterval, undefined, { signal });
    await (endedAt === undefined ? Promise.race([end, pause]) : pause);
  }
}

/** A run by its id, told as one that was sought. */
export async function runNamed(
  session: Session,
  runId: string,
  signal: AbortSignal,
): Promise<LaunchedRun> {
  return placeOf(session, await (await storeOf(session)).getRun(runId, signal));
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
      const store = await storeOf(session);
      const run = await store.getRun(runId, signal);
      const isLost = isLive(run) && isGone;
      if (isLost) {
        await store.endRun(runId, 'KILLED', Date.now(), signal);
      }
      await session.experiments?.refreshLive([experimentId], signal);
      return isLost ? 'KILLED' : run.status;
    } catch (error) {
      if (signal.aborted || Date.now() - begun > patience) {
        throw error;
      }
    }
    await delay(lookInterval, undefined, { signal });
  }
}

/** Opens a connection anew that was given up meanwhile, as it is when a setting changes. */
async function storeOf(session: Session): Promise<TrackingStore> {
  const status = await session.connection.ensure();
  if (status.kind === 'failed') {
    throw status.error;
  }
  if (session.store === undefined) {
    throw new ConnectionGone(session.id);
  }
  return session.store;
}

/** What was asked of a connection that was given up is no trouble: it is asked again. */
function tell(error: unknown, onTrouble: Seeking['onTrouble']): void {
  if (!isAbortError(error)) {
    onTrouble(error);
  }
}

function placeOf({ id }: Session, run: Run): LaunchedRun {
  return { connection: id, experimentId: run.experimentId, runId: run.id, name: run.name };
}
