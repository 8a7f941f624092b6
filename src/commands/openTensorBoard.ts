import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import { chosenArtifacts } from './chosenArtifacts';
import type { CommandHandler } from './commandContext';

/** Shows the event files below a folder, or of a run, in TensorBoard. */
export const openTensorBoard: CommandHandler = async (context, targets) => {
  const chosen = await chosenArtifacts(context, targets, [], { owners: true });
  const folder = chosen.find(({ isDirectory }) => isDirectory);
  if (folder === undefined) {
    throw new SaidError(vscode.l10n.t('Select a run or a folder of artifacts first.'));
  }
  await (await context.downloads()).openTensorBoard(folder);
};
