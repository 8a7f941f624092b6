import type { CommandHandler } from '../commandContext';
import { deleteModels } from './deleteModels';
import { renameModel } from './modelLife';

/** F2 in the Models view. */
export const renameModelSelection: CommandHandler = async (context, targets) => {
  const keyed = targets.length > 0 ? targets : await context.sidebar.keyed('models');
  const target = keyed.find(({ kind }) => kind === 'model');
  if (target !== undefined) {
    await renameModel(context, [target]);
  }
};

/** Delete in the Models view. */
export const deleteModelSelection: CommandHandler = async (context, targets) => {
  const keyed = targets.length > 0 ? targets : await context.sidebar.keyed('models');
  if (keyed.length > 0) {
    await deleteModels(context, keyed);
  }
};
