import type { Run } from '../mlflow/model';
import { sameRun } from '../mlflow/runFacts';

/** How two readings of a list of runs differ. */
export interface RunChanges {
  /** Runs came, went or moved. */
  readonly structure: boolean;
  /** Ids of runs that say something else than before. */
  readonly runs: readonly string[];
}

/** What a refresh found. */
export interface RunRefresh extends RunChanges {
  /** Runs that had been in progress and ended; never a deleted one. */
  readonly ended?: readonly Run[];
  /** Why it did not read everything; an `AbortError` when it was given up. */
  readonly failure?: Error;
}

/** Compares two readings, each by id in the order of the list. */
export function compareRuns(
  before: ReadonlyMap<string, Run>,
  after: ReadonlyMap<string, Run>,
): RunChanges {
  const runs: string[] = [];
  for (const [id, run] of after) {
    const old = before.get(id);
    if (old !== undefined && old !== run && !sameRun(old, run)) {
      runs.push(id);
    }
  }
  const ids = [...after.keys()];
  const structure =
    after.size !== before.size || [...before.keys()].some((id, index) => id !== ids[index]);
  return { structure, runs };
}
