import { chosenArtifacts } from './chosenArtifacts';
import type { CommandHandler } from './commandContext';

/** Downloads artifacts, or everything that runs and versions left behind. */
export const downloadArtifacts: CommandHandler = async (context, targets, resources = []) => {
  const wanted = await chosenArtifacts(context, targets, resources, { owners: true });
  await (await context.downloads()).download(wanted);
};
