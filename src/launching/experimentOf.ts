import * as vscode from 'vscode';

import { explainError } from '../host/explainError';
import { plainLabel } from '../mlflow/plainLabel';
import type { Session } from '../state/session';
import type { FormExperiment } from './launchForm';

/** The experiment that stands in a form first: the last one, else MLflow's default, else any. */
export function startExperiment(
  { experiments }: Session,
  last: string | undefined,
): FormExperiment | undefined {
  const active = (experiments?.list.items ?? []).filter(
    ({ lifecycleStage }) => lifecycleStage === 'active',
  );
  const find = (id: string | undefined): FormExperiment | undefined =>
    active.find((each) => each.id === id);
  return find(last) ?? find('0') ?? active[0];
}

/** Lets a person pick an experiment, or make a new one; resolves to nothing when that was left. */
export async function chooseExperiment(session: Session): Promise<FormExperiment | undefined> {
  const items = [
    {
      label: vscode.l10n.t('New Experiment…'),
      iconPath: new vscode.ThemeIcon('add'),
      experiment: undefined,
    },
    ...(session.experiments?.list.items ?? [])
      .filter(({ lifecycleStage }) => lifecycleStage === 'active')
      .map((experiment) => ({
        label: plainLabel(experiment.name),
        description: experiment.id,
        experiment: { id: experiment.id, name: experiment.name },
      })),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Experiment of the Run'),
  });
  return picked === undefined ? undefined : (picked.experiment ?? (await create(session)));
}

async function create(session: Session): Promise<FormExperiment | undefined> {
  let refusal: string | undefined;
  for (let value = ''; ;) {
    const name = await vscode.window.showInputBox({
      title: vscode.l10n.t('Create Experiment'),
      prompt: refusal ?? vscode.l10n.t('Name of the new experiment on {0}', session.name),
      value,
      ignoreFocusOut: true,
      validateInput: (text) =>
        text.trim() === '' ? vscode.l10n.t('An experiment needs a name.') : undefined,
    });
    if (name === undefined || session.writes === undefined) {
      return undefined;
    }
    try {
      return { id: await session.writes.createExperiment(name.trim()), name: name.trim() };
    } catch (error) {
      refusal = explainError(error);
      value = name;
    }
  }
}
