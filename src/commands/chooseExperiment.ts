import * as vscode from 'vscode';

import type { Experiment } from '../mlflow/model';
import { plainLabel } from '../mlflow/plainLabel';
import type { Target } from '../mlflow/target';
import type { Experiments } from '../state/experiments';
import type { Session } from '../state/session';
import type { CommandContext } from './commandContext';
import { experimentsOf, sessionOf } from './sessionOf';

/** An experiment and where it is. */
export interface ChosenExperiment {
  readonly session: Session;
  readonly experiments: Experiments;
  readonly experiment: Experiment;
}

/** The experiment that a command is about: its row's, the selected row's, or one picked from a list. */
export async function chooseExperiment(
  { sessions, sidebar }: CommandContext,
  targets: readonly Target[],
): Promise<ChosenExperiment> {
  const candidates = targets.length > 0 ? targets : sidebar.selection();
  const session = await sessionOf(sessions, candidates[0]);
  const experiments = await experimentsOf(session);
  await experiments.list.ensure();
  for (const target of candidates) {
    if (target.kind === 'experiment' || target.kind === 'run') {
      const experiment = experiments.experiment(target.experimentId);
      if (experiment !== undefined) {
        return { session, experiments, experiment };
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
  return { session, experiments, experiment: picked.experiment };
}
