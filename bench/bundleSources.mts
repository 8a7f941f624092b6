import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../scripts/paths.mts';

const common = {
  bundle: true,
  platform: 'node',
  target: 'node22',
  minify: true,
  format: 'cjs',
} as const;

/** A logger that says nothing, for the programs that are bundled. */
const quietLog = `
  const quiet = () => undefined;
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };`;

/**
 * Bundles into `folder` the store worker and `program`, as the build does it: the sources import without extensions.
 *
 * @param program imports from the root, uses `log` and `quiet`; gets the path of the worker
 * @returns what the program exports
 */
export async function bundleSources<T>(
  folder: string,
  program: (workerFile: string) => string,
): Promise<{ exported: T; workerFile: string }> {
  const workerFile = path.join(folder, 'storeWorker.js');
  const entryPoints = [path.join(root, 'src/stores/worker.ts')];
  await build({ ...common, entryPoints, outfile: workerFile });
  const outfile = path.join(folder, 'program.cjs');
  const contents = program(workerFile) + quietLog;
  await build({ ...common, stdin: { resolveDir: root, contents }, outfile });
  return { exported: (await import(pathToFileURL(outfile).href)) as T, workerFile };
}
