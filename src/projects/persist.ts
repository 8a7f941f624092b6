import { MlflowError } from '../mlflow/errors';

/** When things happen; tests have a time of their own. */
export interface SweepClock {
  /** Milliseconds of a clock that only goes forward. */
  now(): number;
  /** Rejects with an `AbortError` once `signal` fires. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** From 0 to below 1. */
  random(): number;
}

/** Milliseconds between tries. */
const pauses = [500, 1000, 2000, 5000, 10_000];

/** Carries out what has to be done, however long the server is gone; gives up only what it refuses. */
export async function persist<T>(
  carryOut: () => Promise<T>,
  clock: SweepClock,
  onTrouble: (error: unknown) => void,
  signal: AbortSignal,
): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await carryOut();
    } catch (error) {
      signal.throwIfAborted();
      if (!mayPass(error)) throw error;
      onTrouble(error);
      await clock.wait(pauses[Math.min(tries, pauses.length - 1)] ?? 0, signal);
    }
  }
}

/** Whether a failure is the network's or the server's, or a sign-in that ran out, so that it may work another time. */
export function mayPass(error: unknown): boolean {
  if (!(error instanceof MlflowError)) return false;
  const isOut = error.kind === 'unauthorized' && error.detail.status === 401;
  return isOut || error.kind === 'unreachable' || error.kind === 'malformed';
}
