import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { endWithParent } from './endWithParent.mts';
import { ensurePackages } from './ensurePackages.mts';
import { root } from './paths.mts';

/** Runs one of the commands beside this file, with the project's packages in place. */
const main = async (): Promise<void> => {
  const [command = '', ...commandArguments] = process.argv.slice(2);
  endWithParent();
  await ensurePackages();
  process.argv.splice(1, process.argv.length, command, ...commandArguments);
  await import(pathToFileURL(path.join(root, 'scripts', `${command}.mts`)).href);
};

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
