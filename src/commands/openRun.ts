import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import type { CommandHandler } from './commandContext';
import { openRunById } from './runCommands';
import { sessionOf } from './sessionOf';

/** So many pages at once are a slip of the hand. */
const mostPages = 10;

/** Opens a page for each selected run; without any it asks which run is meant. */
export const openRun: CommandHandler = async (context, targets) => {
  const chosen = targets.length > 0 ? targets : context.sidebar.selection();
  const runs = chosen.filter((target) => target.kind === 'run');
  if (runs.length === 0) {
    await openRunById(context, []);
    return;
  }
  if (runs.length > mostPages) {
    throw new SaidError(
      vscode.l10n.t(
        '{0} runs are selected; up to {1} are opened at a time. Select fewer.',
        runs.length,
        mostPages,
      ),
    );
  }
  const { run: pages } = await context.pages();
  for (const target of runs) {
    const { experimentId, runId } = target;
    const { id } = await sessionOf(context.sessions, target);
    pages.openRun({ connection: id, experimentId, runId });
  }
};
