import { chooseExperiment } from './chooseExperiment';
import type { CommandHandler, RunPlace } from './commandContext';
import { sessionOf } from './sessionOf';

/** Shows exactly the selected runs side by side; one alone, or none, is chosen company for. */
export const compareRuns: CommandHandler = async (context, targets) => {
  const candidates = targets.length > 0 ? targets : context.sidebar.selection();
  const places = new Map<string, RunPlace>();
  for (const target of candidates) {
    if (target.kind === 'run') {
      const { experimentId, runId } = target;
      const { id } = await sessionOf(context.sessions, target);
      // A run may be shown in several places.
      places.set(`${runId} ${id}`, { connection: id, experimentId, runId });
    }
  }
  const runs = [...places.values()];
  if (runs.length > 1) {
    await (await context.pages()).compared.compare(runs);
  } else {
    const { session, experiment } = await chooseExperiment(context, targets);
    await (await context.pages()).compared.chooseAndCompare(session, experiment, runs);
  }
};
