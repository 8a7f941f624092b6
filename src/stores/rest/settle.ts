import { MlflowError, type MlflowErrorReason } from '../../mlflow/errors';

/** A change of the server's data that can be looked up afterwards. */
export interface Change<T> {
  send(): Promise<T>;
  /** Reads whether the change is there; `undefined` when it is not, else what `send` would give. */
  lookUp(): Promise<{ readonly result: T } | undefined>;
}

/** Failures after which a request may have been carried out all the same. */
const uncertain: readonly MlflowErrorReason[] = [
  'cut',
  'timeout',
  'network',
  'serverError',
  'busy',
  'html',
  'json',
];

/**
 * Carries out a change. When its reply is lost, it is looked up whether the change took effect: then
 * it has succeeded. When it did not and the connection merely broke off, as a kept one does that
 * the server closed meanwhile, it is sent once more; else the failure is thrown. Rejects with
 * `unreachable` (`unknownOutcome`) when looking it up fails, too.
 */
export async function settle<T>(change: Change<T>, signal: AbortSignal): Promise<T> {
  try {
    return await change.send();
  } catch (error) {
    const seen = await afterFailure(change, error, signal);
    if (seen !== undefined) {
      return seen.result;
    }
    if (!(error instanceof MlflowError && error.reason === 'cut')) {
      throw error;
    }
  }
  try {
    return await change.send();
  } catch (error) {
    const seen = await afterFailure(change, error, signal);
    if (seen === undefined) {
      throw error;
    }
    return seen.result;
  }
}

/** What the change left behind, where `error` leaves that open. */
async function afterFailure<T>(
  change: Change<T>,
  error: unknown,
  signal: AbortSignal,
): Promise<{ readonly result: T } | undefined> {
  if (!(error instanceof MlflowError) || !uncertain.includes(error.reason)) {
    throw error;
  }
  try {
    return await change.lookUp();
  } catch {
    signal.throwIfAborted();
    throw new MlflowError('unreachable', 'unknownOutcome', error.detail);
  }
}
