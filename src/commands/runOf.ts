import type { Run } from '../mlflow/model';
import type { RunThing } from '../mlflow/thing';
import type { Session } from '../state/session';

/** What is known of a run; asks nobody. */
export function runOf({ experiments }: Session, { experimentId, id }: RunThing): Run | undefined {
  return experiments?.runs(experimentId).run(id);
}
