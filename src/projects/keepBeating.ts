import type { SweepClock } from './persist';
import type { SweepHost } from './sweepContracts';
import { heartbeatTag } from './sweepTags';

/** Milliseconds. */
const beatEvery = 10_000;

export interface Beating {
  readonly host: Pick<SweepHost, 'store' | 'log'>;
  readonly clock: SweepClock;
  readonly claimant: string;
  readonly parentRunId: string;
}

/** Changes the claimant's heartbeat again and again, until it has left or `signal` fires; never rejects. */
export async function keepBeating(
  { host, clock, claimant, parentRunId }: Beating,
  hasLeft: () => boolean,
  signal: AbortSignal,
): Promise<void> {
  for (let beat = 1; ; beat++) {
    try {
      await clock.wait(beatEvery, signal);
    } catch {
      return;
    }
    if (hasLeft()) return;
    await host.store
      .setRunTag(parentRunId, heartbeatTag(claimant), String(beat), signal)
      .catch((error: unknown) => host.log.debug(`heartbeat: ${String(error)}`));
  }
}
