import { setImmediate } from 'node:timers/promises';
import { abortError } from '../../base/abortError';

/** Throws an `AbortError` once `signal` has fired. */
export function checkAbort(signal: AbortSignal): void {
  if (signal.aborted) {
    throw abortError();
  }
}

/** Lets other requests and aborts of this thread through; rejects with an `AbortError` once `signal` has fired. */
export async function nextTurn(signal: AbortSignal): Promise<void> {
  await setImmediate();
  checkAbort(signal);
}
