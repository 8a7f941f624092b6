import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import type { CommandHandler, RunPlace } from './commandContext';
import { sessionOf } from './sessionOf';

/** Shows the images that the selected runs logged, side by side. */
export const showImages: CommandHandler = async (context, targets) => {
  const chosen = targets.length > 0 ? targets : context.sidebar.selection();
  const runs: RunPlace[] = [];
  for (const target of chosen) {
    if (target.kind === 'run') {
      const { experimentId, runId } = target;
      const { id } = await sessionOf(context.sessions, target);
      runs.push({ connection: id, experimentId, runId });
    }
  }
  if (runs.length === 0) {
    throw new SaidError(vscode.l10n.t('Select a run in the Experiments view first.'));
  }
  (await context.pages()).images.showImages(runs);
};
