import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { say } from './progress.mts';

/** Whether a process of this id runs. */
export const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

const tryTake = async (file: string): Promise<boolean> => {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
};

/**
 * Runs `work` while no other process runs under the same lock file. A lock whose owner is gone does not
 * count.
 *
 * @param refusal what is thrown when another process holds the lock; without it that is waited for
 */
export const withLock = async <T,>(
  file: string,
  work: () => Promise<T>,
  refusal?: string,
): Promise<T> => {
  await mkdir(path.dirname(file), { recursive: true });
  let told = false;
  while (!(await tryTake(file))) {
    const owner = Number(await readFile(file, 'utf8').catch(() => ''));
    // An empty file is one whose owner is just about to write its id.
    if (owner > 0 && !isAlive(owner)) await rm(file, { force: true });
    else {
      if (refusal !== undefined) throw new Error(`${refusal} (process ${owner})`);
      if (!told) say(`› waiting for process ${owner}, which prepares the same …`);
      told = true;
      await delay(300);
    }
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
};
