import { setImmediate } from 'node:timers/promises';

/** Throws an `AbortError` once `signal` has fired. */
export function checkAbort(signal: AbortSignal): void {
  if (signal.aborted) {
    throw new DOMException('This operation was aborted', 'AbortError');
  }
}

/** Lets other requests and aborts of this thread through; rejects with an `AbortError` once `signal` has fired. */
export async function nextTurn(signal: AbortSignal): Promise<void> {
  await setImmediate();
  checkAbort(signal);
}
