import { MlflowError, type MlflowErrorReason, isAbortError } from '../../mlflow/errors';

/** A change of the server's data that can be looked up afterwards. */
export interface Change<T> {
  send(): Promise<T>;
  /** Reads whether the change is there; `undefined` when it is not, else what `send` would give. */
  lookUp(): Promise<Seen<T> | undefined>;
  /** Sent a second time it might be done twice. */
  readonly onlyOnce?: true;
}

interface Seen<T> {
  readonly result: T;
}

/**
 * Failures after which a request that was sent may have been carried out all the same. A server that is
 * too busy (408, 429) has not begun with it.
 */
const uncertain: readonly MlflowErrorReason[] = [
  'cut',
  'timeout',
  'network',
  'serverError',
  'html',
  'json',
  'shape',
  'tooLarge',
];

/**
 * Carries out a change. When its reply is lost, it is looked up whether the change took effect: then
 * it has succeeded. When it did not and the connection merely broke off, as a kept one does that
 * the server closed meanwhile, it is sent once more; else the failure is thrown. Rejects with
 * `unreachable` (`unknownOutcome`) when looking it up fails, too.
 *
 * Cancelling rejects with an `AbortError` at any time; the change may then be there or not.
 */
export async function settle<T>(change: Change<T>): Promise<T> {
  try {
    return await change.send();
  } catch (error) {
    if (!mayBeDone(error)) {
      throw error;
    }
    const seen = await lookUp(change, error);
    if (seen !== undefined) {
      return seen.result;
    }
    if (error.reason !== 'cut' || change.onlyOnce) {
      throw error;
    }
  }
  return sendAgain(change);
}

/**
 * The first request may be carried out only after it was looked up. Then the second one may even be
 * refused, as a name that is taken now or a thing that is gone.
 */
async function sendAgain<T>(change: Change<T>): Promise<T> {
  try {
    return await change.send();
  } catch (error) {
    const refused =
      error instanceof MlflowError && (error.kind === 'rejected' || error.kind === 'notFound');
    if (!refused && !mayBeDone(error)) {
      throw error;
    }
    const seen = await lookUp(change, error);
    if (seen === undefined) {
      throw error;
    }
    return seen.result;
  }
}

function mayBeDone(error: unknown): error is MlflowError {
  if (!(error instanceof MlflowError) || error.detail.notSent) {
    return false;
  }
  const { status = 0 } = error.detail;
  // A proxy that got no answer from the server may have passed the request on.
  return uncertain.includes(error.reason) || (error.reason === 'proxy' && status >= 500);
}

/** What the change left behind, if anything, after its request failed with `lost`. */
async function lookUp<T>(change: Change<T>, lost: MlflowError): Promise<Seen<T> | undefined> {
  try {
    return await change.lookUp();
  } catch (error) {
    if (isAbortError(error)) {
      throw error;
    }
    if (error instanceof MlflowError) {
      if (error.kind === 'notFound') {
        throw error;
      }
      // Somebody in between answers everything, a page to sign in, say: nothing came through.
      if (lost.reason === 'html' && error.reason === 'html') {
        throw lost;
      }
    }
    throw new MlflowError('unreachable', 'unknownOutcome', lost.detail);
  }
}
