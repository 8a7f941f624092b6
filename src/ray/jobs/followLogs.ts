import { setTimeout as delay } from 'node:timers/promises';
import type { RayClient } from './rayClient';
import { tailLogs } from './tailLogs';

/** Milliseconds between tries. */
const pause = 1000;
/** The whole log is read again each time, so this is done rarely. */
const longPause = 5000;
/** Tries without a new character after which the stream is left alone. */
const mostVain = 3;

export interface FollowedLogs {
  /** Resolves once all is handed on, or nobody can tell more. Never rejects. */
  readonly drained: Promise<void>;
}

/**
 * Hands on all that a job prints, once, although connections break. Where its stream does not come through, a proxy being in the way
 * or bytes that are no text, the log is read as a whole from time to time.
 */
export function followLogs(
  client: RayClient,
  id: string,
  onText: (text: string) => void,
  isOver: () => boolean,
  signal: AbortSignal,
): FollowedLogs {
  let taken = 0;
  /** Every stream and every log begins at the beginning. */
  const reader = (): ((text: string) => void) => {
    let seen = 0;
    return (text) => {
      const fresh = text.slice(Math.max(0, taken - seen));
      seen += text.length;
      taken = Math.max(taken, seen);
      if (fresh !== '') onText(fresh);
    };
  };
  const follow = async (): Promise<void> => {
    let vain = 0;
    while (!signal.aborted) {
      const before = taken;
      const wasOver = isOver();
      if (vain < mostVain) {
        const isWhole = await tailLogs(client, id, reader(), signal).then(
          () => true,
          () => false,
        );
        if (isWhole && isOver()) return;
      } else {
        const isRead = await client.logs(id, signal).then(reader(), () => 'failed');
        if (wasOver || (isRead === 'failed' && isOver())) return;
      }
      if (isOver() && vain < mostVain) {
        // The rest comes as a whole.
        vain = mostVain;
        continue;
      }
      vain = taken > before ? 0 : vain + 1;
      await delay(vain < mostVain ? pause : longPause, undefined, { signal });
    }
  };
  return { drained: follow().catch(() => undefined) };
}
