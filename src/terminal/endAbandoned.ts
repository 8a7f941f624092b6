import { markedProcesses } from './markedProcesses';

/**
 * Ends what a keeper that was killed has left: the process group of its command, and what carries the mark of the launch. The
 * group is given only while nobody else can have got its number.
 */
export async function endAbandoned(token: string, group: number | undefined): Promise<void> {
  // Nothing on Windows outlives its keeper.
  if (process.platform === 'win32') {
    return;
  }
  end(group === undefined ? [] : [-group]);
  const marked = await markedProcesses();
  end(marked.filter((each) => each.token === token).map(({ processId }) => processId));
}

function end(processes: readonly number[]): void {
  for (const each of processes) {
    try {
      process.kill(each, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}
