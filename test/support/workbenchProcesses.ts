import { readFile, readdir, readlink, realpath } from 'node:fs/promises';

const none = (): string => '';

/** The command lines of the processes that work in this folder. Linux only: it reads `/proc`. */
export async function processesIn(folder: string): Promise<readonly string[]> {
  const wanted = await realpath(folder);
  const found: string[] = [];
  for (const id of await readdir('/proc')) {
    if (/^\d+$/.test(id) && (await readlink(`/proc/${id}/cwd`).catch(none)) === wanted) {
      const line = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(none);
      found.push(line.replaceAll('\0', ' ').trim());
    }
  }
  return found;
}
