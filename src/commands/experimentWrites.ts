import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import { MlflowError } from '../mlflow/errors';
import { lengthOf } from '../mlflow/tagRules';
import { shortName } from '../mlflow/thing';
import type { Session } from '../state/session';
import type { Writes } from '../state/writes';
import { askUntilTaken } from './askUntilTaken';
import { chosenExperiments, writesOf } from './chosenThings';
import type { CommandHandler } from './commandContext';
import { deleteThings, restoreThings } from './deleteThings';
import { opened, sessionOf } from './sessionOf';

/** MLflow's own limit, in characters. */
const longestName = 500;

export const createExperiment: CommandHandler = async ({ sessions, sidebar }, targets) => {
  const session = await sessionOf(sessions, targets[0]);
  await opened(session);
  let created: string | undefined;
  await askUntilTaken({
    title: vscode.l10n.t('Create Experiment'),
    prompt: vscode.l10n.t('Name of the new experiment on {0}', session.name),
    value: '',
    check: whyNotName,
    apply: (name) =>
      explaining(session, name, async (writes) => {
        created = await writes.createExperiment(name.trim());
      }),
  });
  if (created !== undefined) {
    await sidebar.revealExperiment(session, created);
  }
};

export const renameExperiment: CommandHandler = async (context, targets) => {
  const [chosen] = await chosenExperiments(context, targets);
  const [experiment] = chosen?.things ?? [];
  if (chosen === undefined || experiment === undefined) {
    return;
  }
  const stage = chosen.session.experiments?.experiment(experiment.id)?.lifecycleStage;
  if (stage === 'deleted') {
    throw new SaidError(
      vscode.l10n.t('Experiment {0} is deleted. Restore it first.', shortName(experiment)),
    );
  }
  await askUntilTaken({
    title: vscode.l10n.t('Rename Experiment {0}', shortName(experiment)),
    prompt: vscode.l10n.t('New name'),
    value: experiment.name,
    check: whyNotName,
    apply: async (name) => {
      if (name.trim() !== experiment.name) {
        await explaining(chosen.session, name, (writes) =>
          writes.renameExperiment(experiment.id, name.trim()),
        );
      }
    },
  });
};

export const deleteExperiment: CommandHandler = async (context, targets) => {
  for (const chosen of await chosenExperiments(context, targets, 'active')) {
    await deleteThings(context, chosen);
  }
};

export const restoreExperiment: CommandHandler = async (context, targets) => {
  for (const chosen of await chosenExperiments(context, targets, 'deleted')) {
    await restoreThings(context, chosen);
  }
};

export const editExperimentNote: CommandHandler = async (context, targets) => {
  const [chosen] = await chosenExperiments(context, targets);
  const [experiment] = chosen?.things ?? [];
  if (chosen !== undefined && experiment !== undefined) {
    await context.notes.open(chosen.session, experiment);
  }
};

function whyNotName(name: string): string | undefined {
  const length = lengthOf(name.trim());
  if (length === 0) {
    return vscode.l10n.t('Enter a name.');
  }
  return length > longestName
    ? vscode.l10n.t('A name has at most {0} characters; this has {1}.', longestName, length)
    : undefined;
}

/**
 * Makes a change of a name, on the connection as it is open by now. A database says that it is taken
 * in words of its own: look who has it.
 */
async function explaining(
  session: Session,
  text: string,
  change: (writes: Writes) => Promise<void>,
): Promise<void> {
  const writes = await writesOf(session);
  try {
    await change(writes);
  } catch (error) {
    if (!(error instanceof MlflowError) || error.kind !== 'rejected') {
      throw error;
    }
    const name = text.trim();
    const holder = await writes.experimentNamed(name).catch(() => undefined);
    if (holder === undefined) {
      throw error;
    }
    throw new SaidError(
      holder.lifecycleStage === 'deleted'
        ? vscode.l10n.t(
            'A deleted experiment has the name {0}. Restore that one (Show Deleted), or choose another name.',
            name,
          )
        : vscode.l10n.t('There is an experiment named {0} already. Choose another name.', name),
      { cause: error },
    );
  }
}
