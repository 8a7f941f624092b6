import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const findRoot = (from: string): string | undefined => {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const manifest = path.join(folder, 'package.json');
    if (
      existsSync(manifest) &&
      readFileSync(manifest, 'utf8').includes('"name": "mlflow-workbench",')
    )
      return folder;
    if (path.dirname(folder) === folder) return undefined;
  }
};

/**
 * The folder of the project. Found from where this module lies, so that it also holds for the
 * copies that test bundles carry, or else from the working directory.
 */
export const root = ((): string => {
  const from = process.env['MLFLOW_WORKBENCH_ROOT'] ?? import.meta.dirname ?? process.cwd();
  const found = findRoot(from) ?? findRoot(process.cwd());
  if (found === undefined) throw new Error(`No MLflow Workbench project around ${from}.`);
  return found;
})();

/** What can be made again: Node, Python environments, the test host. Several clones may share one. */
export const cacheFolder = process.env['MLFLOW_WORKBENCH_CACHE'] ?? path.join(root, '.cache');

/** What `npm start` keeps: the demo's database, artifacts and workspace folder. */
export const demoFolder = path.join(root, '.demo');
