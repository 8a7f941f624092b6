import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The local store that MLflow itself would use in `folder` (`_has_existing_mlruns_data` in
 * `mlflow.tracking._tracking_service.utils`): `./mlruns` if a numeric folder in it holds a
 * `meta.yaml`, else `sqlite:///mlflow.db`; `undefined` where neither exists.
 */
export async function findLocalStore(folder: string): Promise<string | undefined> {
  const runs = join(folder, 'mlruns');
  for (const name of await namesIn(runs)) {
    if (/^\d+$/.test(name) && (await exists(join(runs, name, 'meta.yaml')))) {
      return runs;
    }
  }
  const database = join(folder, 'mlflow.db');
  return (await exists(database)) ? `sqlite:///${database}` : undefined;
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
