import type { Run } from './model';
import { tagValue } from './runFacts';

/** A folder of a run's artifacts that holds a model. */
export interface LoggedFolder {
  /** From the root of the artifacts. */
  readonly path: string;
  /** Names of MLflow's modules that can load it. */
  readonly flavors: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Models that lie among a run's artifacts, as before MLflow 3: the tag `mlflow.log-model.history` tells them. One that was logged
 * to the same folder again is told once.
 */
export function loggedFolders(run: Run): readonly LoggedFolder[] {
  const folders = new Map<string, LoggedFolder>();
  for (const { artifact_path: path, flavors } of historyOf(run)) {
    // Clients of MLflow 3 note a model that lies beside the run in the same way.
    if (typeof path === 'string' && path !== '' && !path.startsWith('models:/')) {
      folders.set(path, { path, flavors: isFields(flavors) ? Object.keys(flavors) : [] });
    }
  }
  return [...folders.values()];
}

function historyOf({ tags }: Run): readonly Fields[] {
  try {
    const entries = JSON.parse(tagValue(tags, 'mlflow.log-model.history') ?? '[]') as unknown;
    return Array.isArray(entries) ? entries.filter(isFields) : [];
  } catch {
    // MLflow cuts long values of tags, which leaves no JSON.
    return [];
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
