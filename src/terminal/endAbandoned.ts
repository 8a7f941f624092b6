import { readdirSync, readFileSync } from 'node:fs';

/**
 * Ends what a keeper that was killed has left: the process group of its command, and what carries the mark of the launch. The
 * group is given only while nobody else can have got its number.
 */
export function endAbandoned(id: string, group: number | undefined): void {
  const marked = process.platform === 'linux' ? processesWith(`MLFLOW_WORKBENCH_LAUNCH=${id}`) : [];
  // Nothing on Windows outlives its keeper.
  const wanted =
    process.platform === 'win32' ? [] : [...(group === undefined ? [] : [-group]), ...marked];
  for (const each of wanted) {
    try {
      process.kill(each, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

function processesWith(variable: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/environ`, 'latin1').split('\0').includes(variable);
      } catch {
        return false;
      }
    })
    .map(Number);
}
