import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import { shortName } from '../mlflow/thing';
import { askUntilTaken } from './askUntilTaken';
import { chosenRuns, writesOf } from './chosenThings';
import type { CommandHandler } from './commandContext';
import { deleteThings, restoreThings } from './deleteThings';
import { runOf } from './runOf';

export const renameRun: CommandHandler = async (context, targets) => {
  const [chosen] = await chosenRuns(context, targets);
  const [run] = chosen?.things ?? [];
  if (chosen === undefined || run === undefined) {
    return;
  }
  if (runOf(chosen.session, run)?.lifecycleStage === 'deleted') {
    throw new SaidError(vscode.l10n.t('Run {0} is deleted. Restore it first.', shortName(run)));
  }
  await askUntilTaken({
    title: vscode.l10n.t('Rename Run {0}', shortName(run)),
    prompt: vscode.l10n.t('New name'),
    value: run.name,
    // MLflow takes an empty name without a word, and keeps the old one.
    check: (name) => (name.trim() === '' ? vscode.l10n.t('Enter a name.') : undefined),
    apply: async (name) => {
      if (name.trim() !== run.name) {
        await (await writesOf(chosen.session)).renameRun(run, name.trim());
      }
    },
  });
};

export const editRunNote: CommandHandler = async (context, targets) => {
  const [chosen] = await chosenRuns(context, targets);
  const [run] = chosen?.things ?? [];
  if (chosen !== undefined && run !== undefined) {
    await context.notes.open(chosen.session, run);
  }
};

export const deleteRuns: CommandHandler = async (context, targets) => {
  for (const chosen of await chosenRuns(context, targets, 'active')) {
    await deleteThings(context, chosen);
  }
};

export const restoreRuns: CommandHandler = async (context, targets) => {
  for (const chosen of await chosenRuns(context, targets, 'deleted')) {
    await restoreThings(context, chosen);
  }
};
