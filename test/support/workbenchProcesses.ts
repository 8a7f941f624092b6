import { readFile, readdir, readlink, realpath } from 'node:fs/promises';

/** A process of this machine. */
export interface RunningProcess {
  readonly id: number;
  readonly parentId: number;
  readonly commandLine: string;
}

const none = (): string => '';

/** The processes that work in this folder. Linux only: it reads `/proc`. */
export async function processesIn(folder: string): Promise<readonly RunningProcess[]> {
  const wanted = await realpath(folder);
  const found: RunningProcess[] = [];
  for (const name of await readdir('/proc')) {
    if (/^\d+$/.test(name) && (await readlink(`/proc/${name}/cwd`).catch(none)) === wanted) {
      const line = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(none);
      const status = await readFile(`/proc/${name}/status`, 'utf8').catch(none);
      found.push({
        id: Number(name),
        parentId: Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]),
        commandLine: line.replaceAll('\0', ' ').trim(),
      });
    }
  }
  return found;
}

/** The command lines of all processes of this machine. Linux only. */
export async function commandLines(): Promise<readonly string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  return Promise.all(
    ids.map(async (id) =>
      (await readFile(`/proc/${id}/cmdline`, 'utf8').catch(none)).replaceAll('\0', ' ').trim(),
    ),
  );
}
