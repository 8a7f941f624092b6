import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { cacheFolder, root } from './paths.mts';
import { step } from './progress.mts';
import { runCommand } from './runCommand.mts';
import { withLock } from './withLock.mts';

/**
 * Installs a few packages into a folder of their own, once, so that an environment need not be made
 * anew for them.
 *
 * @param python whose pip installs them
 * @param requirements a file of the project that names every package with its version
 * @returns what to put into `PYTHONPATH`
 */
export const ensurePythonExtras = async (python: string, requirements: string): Promise<string> => {
  const hash = createHash('sha256').update(await readFile(path.join(root, requirements)));
  const name = `${path.basename(requirements, '.txt')}-${hash.digest('hex').slice(0, 12)}`;
  const folder = path.join(cacheFolder, 'pythonExtras', name);
  const stamp = path.join(folder, 'complete');
  if (existsSync(stamp)) return folder;
  await mkdir(path.dirname(folder), { recursive: true });
  await withLock(`${folder}.lock`, async () => {
    if (existsSync(stamp)) return;
    await step(`installing the Python packages of ${requirements} (once)`, async () => {
      await rm(folder, { recursive: true, force: true });
      await runCommand(
        python,
        [
          ...['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--no-deps'],
          // What is never imported need not be compiled.
          ...['--no-compile', '--target', folder, '-r', requirements],
        ],
        { cwd: root },
      );
      await writeFile(stamp, '');
    });
  });
  return folder;
};
