import * as vscode from 'vscode';

import type { Experiment } from '../mlflow/model';
import type { Target } from '../mlflow/target';
import type { CommandContext } from './commandContext';
import { connectedExperiments } from './experimentCommands';
import { plainLabel } from './plainLabel';

/** The experiment that a command is about: its row's, the selected row's, or one picked from a list. */
export async function chooseExperiment(
  { session, sidebar }: CommandContext,
  targets: readonly Target[],
): Promise<Experiment> {
  const experiments = await connectedExperiments(session);
  await experiments.list.ensure();
  const candidates = targets.length > 0 ? targets : sidebar.selection();
  for (const target of candidates) {
    if (target.kind === 'experiment' || target.kind === 'run') {
      const experiment = experiments.experiment(target.experimentId);
      if (experiment !== undefined) {
        return experiment;
      }
    }
  }
  const items = experiments.shownExperiments.map((experiment) => ({
    label: plainLabel(experiment.name),
    description: experiment.id,
    experiment,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('Choose an experiment'),
  });
  if (picked === undefined) {
    throw new vscode.CancellationError();
  }
  return picked.experiment;
}
