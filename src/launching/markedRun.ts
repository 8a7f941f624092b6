import { setTimeout as delay } from 'node:timers/promises';

import type { KeeperMark } from '../terminal/handover';
import { markedProcesses } from '../terminal/markedProcesses';

const firstPause = 400;
const longestPause = 10_000;

/**
 * Id of the run that the processes of a launch say is theirs: MLflow tells it to the command that it runs. Undefined where the launch
 * has ended before that was seen, and where the system shows no environment of processes.
 */
export async function markedRun(
  mark: Promise<KeeperMark> | undefined,
  ended: Promise<unknown>,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (mark === undefined || !areMarksSeen()) {
    return undefined;
  }
  let isOver = false;
  const over = ended.then(() => {
    isOver = true;
    return undefined;
  });
  const token = await Promise.race([mark.then((each) => each.token), over]);
  for (let pause = firstPause; !isOver && !signal.aborted;) {
    const first = (await markedProcesses())
      .filter((each) => each.token === token && each.runId !== undefined)
      // A project may run others in its turn.
      .sort((one, other) => one.processId - other.processId)[0];
    if (first !== undefined) {
      return first.runId;
    }
    await Promise.race([over, delay(pause, undefined, { ref: false })]);
    pause = Math.min(longestPause, pause * 1.2);
  }
  return undefined;
}

/** Whether {@link markedRun} can tell at all here. */
export function areMarksSeen(): boolean {
  return process.platform === 'linux';
}
