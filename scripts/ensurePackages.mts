import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { runNpm } from './npm.mts';
import { cacheFolder, root } from './paths.mts';
import { step } from './progress.mts';
import { withLock } from './withLock.mts';

interface LockedPackage {
  readonly version?: string;
  /** For another platform, perhaps: may be missing. */
  readonly optional?: boolean;
}

const readLockfile = async (file: string): Promise<Map<string, LockedPackage>> => {
  const parsed = JSON.parse(await readFile(path.join(root, file), 'utf8')) as {
    packages: Record<string, LockedPackage>;
  };
  return new Map(Object.entries(parsed.packages).filter(([name]) => name !== ''));
};

/** npm leaves a record of what it installed, last of all: an interrupted install has none. */
const isInstalled = async (): Promise<boolean> => {
  try {
    const wanted = await readLockfile('package-lock.json');
    const present = await readLockfile('node_modules/.package-lock.json');
    return (
      [...wanted].every(
        ([name, { version, optional }]) =>
          present.get(name)?.version === version || (optional === true && !present.has(name)),
      ) && [...present].every(([name, { optional }]) => wanted.has(name) || optional === true)
    );
  } catch {
    return false;
  }
};

/** Installs the project's own packages when `node_modules` does not match the lockfile. */
export const ensurePackages = async (): Promise<void> => {
  if (await isInstalled()) return;
  await withLock(path.join(cacheFolder, 'packages.lock'), async () => {
    if (await isInstalled()) return;
    // `npm ci` refuses a lockfile without the optional packages of every platform, and npm writes such
    // lockfiles; this takes the versions of the lockfile all the same, and leaves it as it is.
    await step("installing the project's packages", () => runNpm(root, ['install', '--no-save']));
  });
};
