import { chosenThings } from './chosenThings';
import type { CommandContext, CommandHandler } from './commandContext';
import { deleteThings } from './deleteThings';
import { renameExperiment } from './experimentWrites';
import { renameRun } from './runWrites';
import type { Target } from '../mlflow/target';
import { withoutCovered } from '../mlflow/thing';

/** F2 in the Experiments view. */
export const renameSelection: CommandHandler = async (context, targets) => {
  const keyed = await aboutKeys(context, targets);
  const target = keyed.find(({ kind }) => kind === 'run' || kind === 'experiment');
  if (target !== undefined) {
    await (target.kind === 'run' ? renameRun : renameExperiment)(context, [target]);
  }
};

/** Delete in the Experiments view; what is deleted already stays so. */
export const deleteSelection: CommandHandler = async (context, targets) => {
  const keyed = await aboutKeys(context, targets);
  const chosen = keyed.length === 0 ? [] : await chosenThings(context, keyed, 'active');
  for (const { session, things } of chosen) {
    await deleteThings(context, { session, things: withoutCovered(things) });
  }
};

async function aboutKeys(
  { sidebar }: CommandContext,
  targets: readonly Target[],
): Promise<readonly Target[]> {
  return targets.length > 0 ? targets : sidebar.keyed('experiments');
}
