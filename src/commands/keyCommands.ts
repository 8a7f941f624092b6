import { chosenThings } from './chosenThings';
import type { CommandContext, CommandHandler } from './commandContext';
import { deleteThings } from './deleteThings';
import { renameExperiment } from './experimentWrites';
import { renameRun } from './runWrites';
import type { Target } from '../mlflow/target';

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
  for (const chosen of keyed.length === 0 ? [] : await chosenThings(context, keyed, 'active')) {
    await deleteThings(context, chosen);
  }
};

async function aboutKeys(
  { sidebar }: CommandContext,
  targets: readonly Target[],
): Promise<readonly Target[]> {
  return targets.length > 0 ? targets : sidebar.keyed();
}
