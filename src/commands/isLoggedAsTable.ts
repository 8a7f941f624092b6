import { isLoggedTable } from '../mlflow/loggedTables';
import type { WantedArtifact } from '../mlflow/wantedArtifact';
import type { CommandContext } from './commandContext';

/** Whether a file is a table that MLflow logged: these are JSON, and only the run says which they are. */
export async function isLoggedAsTable(
  { sessions }: Pick<CommandContext, 'sessions'>,
  { connection, place }: WantedArtifact,
  signal: AbortSignal,
): Promise<boolean> {
  if (!place.path.endsWith('.json') || place.owner.kind !== 'run') {
    return false;
  }
  const run = await sessions.get(connection)?.store?.getRun(place.owner.runId, signal);
  return run !== undefined && isLoggedTable(run.tags, place.path);
}
