import type { Target } from '../mlflow/target';
import type { TableQuery } from '../state/tableQuery';
import { chooseExperiment } from './chooseExperiment';
import type { CommandContext, CommandHandler, ExperimentPlace } from './commandContext';
import { experimentsOf, sessionOf } from './sessionOf';

/** Shows all runs of the experiments in one table. */
export const openRunsTable: CommandHandler = async (context, targets) => {
  const places = await placesOf(context, targets);
  (await context.pages()).runs.show(places);
};

/** Writes all runs of the experiments to a file; of a single one those that its filter finds. */
export const exportRuns: CommandHandler = async (context, targets) => {
  const places = await placesOf(context, targets);
  const query = await queryOf(context, places);
  await (await context.pages()).runs.exportRuns(places, query);
};

/** The experiments among the rows, or the selected ones, else one that is picked from a list. */
async function placesOf(
  context: CommandContext,
  targets: readonly Target[],
): Promise<readonly ExperimentPlace[]> {
  const candidates = targets.length > 0 ? targets : context.sidebar.selection();
  const places: ExperimentPlace[] = [];
  for (const target of candidates) {
    if (target.kind === 'experiment') {
      const session = await sessionOf(context.sessions, target);
      const { experimentId } = target;
      const name = session.experiments?.experiment(experimentId)?.name ?? experimentId;
      places.push({ connection: session.id, experimentId, name });
    }
  }
  if (places.length > 0) {
    return places;
  }
  const { session, experiment } = await chooseExperiment(context, targets);
  return [{ connection: session.id, experimentId: experiment.id, name: experiment.name }];
}

async function queryOf(
  { sessions }: CommandContext,
  places: readonly ExperimentPlace[],
): Promise<TableQuery> {
  const [only, ...others] = places;
  const session = only && sessions.get(only.connection);
  if (only === undefined || session === undefined || others.length > 0) {
    return { filters: [], view: 'active' };
  }
  const experiments = await experimentsOf(session);
  const { filter, createdWithin } = experiments.selection(only.experimentId);
  return {
    filters: [filter],
    view: experiments.lifecycle,
    startedSince: createdWithin === undefined ? undefined : Date.now() - createdWithin,
  };
}
