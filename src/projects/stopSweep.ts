import { MlflowError } from '../mlflow/errors';
import type { LaunchBackend } from './launchContracts';
import { mayPass, persist, type SweepClock } from './persist';
import { Heartbeats } from './schedule/heartbeats';
import { hasEnded } from './schedule/seenSweep';
import { byCombination, leftovers } from './schedule/standing';
import type { StoppedSweep, SweepHost } from './sweepContracts';
import { stateTag, sweepTag, tagOf } from './sweepTags';
import { SweepView } from './sweepView';
import { tidySweep } from './tidySweep';

/** Milliseconds. */
const lookEvery = 5_000;
/** So many looks a cluster that does not answer is asked again, before its runs are marked all the same; so often a run is marked again. */
const mostRefusals = 3;

export interface StopParts {
  readonly parentRunId: string;
  readonly host: Pick<SweepHost, 'store' | 'endLost' | 'log'>;
  readonly backend: LaunchBackend | undefined;
  readonly clock: SweepClock;
}

/** See `Sweeps.stop` of the contract. */
export async function stopSweep(parts: StopParts, signal: AbortSignal): Promise<StoppedSweep> {
  const { parentRunId, host, clock } = parts;
  const { store } = host;
  const parent = await store.getRun(parentRunId, signal);
  if (tagOf(parent, sweepTag) === undefined) throw new MlflowError('notFound', 'missing');
  const isDone = ['finished', 'failed'].includes(tagOf(parent, stateTag) ?? '');
  if (isDone && hasEnded(parent)) return { isStopped: false, trouble: undefined };
  await store.setRunTag(parentRunId, stateTag, 'stopping', signal);
  const ending = new Ending(parts, new SweepView(store, parent, undefined));
  while (!(await ending.step(signal))) await clock.wait(lookEvery, signal);
  const { trouble } = ending;
  if (!ending.isWanted) return { isStopped: false, trouble };
  const onTrouble = (error: unknown): void => host.log.debug(`stopping: ${String(error)}`);
  const steadily = (carryOut: () => Promise<void>): Promise<void> =>
    persist(carryOut, clock, onTrouble, signal);
  await steadily(() => store.setRunTag(parentRunId, stateTag, 'stopped', signal));
  await steadily(() => store.endRun(parentRunId, 'KILLED', Date.now(), signal));
  return { isStopped: true, trouble };
}

/** Ends what the dead left behind, until nobody works on the sweep. */
class Ending {
  trouble: unknown;
  private readonly heartbeats = new Heartbeats('');
  private refusals = 0;

  constructor(
    private readonly parts: StopParts,
    private readonly view: SweepView,
  ) {}

  /** Whether nobody has taken the sweep up meanwhile. */
  get isWanted(): boolean {
    return this.view.state?.startsWith('stopp') ?? false;
  }

  /** Resolves to whether nothing is left to be done. */
  async step(signal: AbortSignal): Promise<boolean> {
    try {
      await this.view.look(true, signal);
      this.heartbeats.read(this.view.heartbeats, this.parts.clock.now());
      return !this.isWanted || (await this.tidy(signal));
    } catch (error) {
      signal.throwIfAborted();
      if (!mayPass(error)) throw error;
      return false;
    }
  }

  private async tidy(signal: AbortSignal): Promise<boolean> {
    const { view, heartbeats, parts } = this;
    const { host, backend } = parts;
    const left = [...byCombination(view.claims, view.children).values()]
      .flatMap((attempts) => leftovers(attempts, heartbeats))
      .filter((child) => !hasEnded(child));
    const insists = this.refusals >= mostRefusals;
    const tidied = { host, machine: { backend }, claimant: '', view, live: new Map(), insists };
    const untidy = await tidySweep(tidied, left, signal);
    this.trouble = untidy ?? this.trouble;
    if (heartbeats.others > 0 && untidy === undefined) return false;
    if (untidy === undefined && [...view.children].every(hasEnded)) return true;
    return this.refusals++ > mostRefusals;
  }
}
