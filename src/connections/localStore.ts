import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The local stores in `folder`, first the one that MLflow itself would use (`_has_existing_mlruns_data` in
 * `mlflow.tracking._tracking_service.utils`): `./mlruns` if a numeric folder in it holds a `meta.yaml`, then
 * `sqlite:///mlflow.db`.
 */
export async function findLocalStores(folder: string): Promise<readonly string[]> {
  const runs = join(folder, 'mlruns');
  const database = join(folder, 'mlflow.db');
  return [
    ...((await holdsExperiment(runs)) ? [runs] : []),
    ...((await exists(database)) ? [`sqlite:///${database}`] : []),
  ];
}

async function holdsExperiment(runs: string): Promise<boolean> {
  for (const name of await namesIn(runs)) {
    if (/^\d+$/.test(name) && (await exists(join(runs, name, 'meta.yaml')))) {
      return true;
    }
  }
  return false;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
