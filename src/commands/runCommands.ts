import * as vscode from 'vscode';

import { parseRunReference, type Reference } from '../mlflow/runReference';
import type { Target } from '../mlflow/target';
import {
  parseWorkbenchAddress,
  workbenchAddress,
  type AddressProblem,
} from '../mlflow/workbenchAddress';
import { everyRun, type RunSelection } from '../state/runSelection';
import { copyLines } from './copyLines';
import type { CommandContext, CommandHandler } from './commandContext';
import { askFilter } from './askFilter';
import { askOrder } from './askOrder';
import { chooseExperiment } from './chooseExperiment';
import { openReference, openRun } from './openReference';
import { experimentsOf, opened, sessionOf } from './sessionOf';

/** Narrows an experiment's runs; the input stays open, with the server's words, while it refuses. */
export const filterRuns: CommandHandler = async (context, targets) => {
  const { session, experiment, experiments } = await chooseExperiment(context, targets);
  const { info: atFirst } = await opened(session);
  const before = experiments.selection(experiment.id);
  await askFilter({
    title: vscode.l10n.t('Filter Runs of {0}', experiment.name),
    value: before.filter,
    mistakeIn: (typed) => context.filterMistake(typed, session.info ?? atFirst),
    apply: (filter, signal) => experiments.select(experiment.id, { ...before, filter }, signal),
  });
};

export const clearRunFilter: CommandHandler = async (context, targets) => {
  await select(context, targets, { filter: '', createdWithin: undefined });
};

export const filterByCreationTime: CommandHandler = async (context, targets) => {
  const hour = 3_600_000;
  const ages = [
    { label: vscode.l10n.t('Any time'), createdWithin: everyRun.createdWithin },
    { label: vscode.l10n.t('Last hour'), createdWithin: hour },
    { label: vscode.l10n.t('Last 24 hours'), createdWithin: 24 * hour },
    { label: vscode.l10n.t('Last 7 days'), createdWithin: 7 * 24 * hour },
    { label: vscode.l10n.t('Last 30 days'), createdWithin: 30 * 24 * hour },
    { label: vscode.l10n.t('Last year'), createdWithin: 365 * 24 * hour },
  ];
  const { session, experiment } = await chooseExperiment(context, targets);
  const picked = await vscode.window.showQuickPick(ages, {
    title: vscode.l10n.t('Runs of {0} Created Within', experiment.name),
  });
  if (picked !== undefined) {
    const target = { connection: session.id, experimentId: experiment.id };
    await select(context, [{ kind: 'experiment', ...target }], {
      createdWithin: picked.createdWithin,
    });
  }
};

export const sortRuns: CommandHandler = async (context, targets) => {
  const { experiment, experiments } = await chooseExperiment(context, targets);
  const runs = experiments.runs(experiment.id);
  await runs.list.ensure();
  const order = await askOrder(experiment.name, runs.list.items, runs.selection.order);
  if (order !== undefined) {
    await experiments.select(experiment.id, { ...experiments.selection(experiment.id), order });
  }
};

async function select(
  { sessions }: CommandContext,
  targets: readonly Target[],
  change: Partial<RunSelection>,
): Promise<void> {
  for (const target of targets) {
    if (target.kind === 'experiment') {
      const experiments = await experimentsOf(await sessionOf(sessions, target));
      const before = experiments.selection(target.experimentId);
      await experiments.select(target.experimentId, { ...before, ...change });
    }
  }
}

export const openRunById: CommandHandler = async (context) => {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Open Run from URL or ID'),
    prompt: vscode.l10n.t(
      'A run ID, the address of a run in MLflow’s web pages, or a link that Copy Link to Run made.',
    ),
    ignoreFocusOut: true,
    validateInput: (value) =>
      value.trim() === '' || readPasted(value) !== undefined
        ? undefined
        : vscode.l10n.t(
            'This is neither a run ID (32 hexadecimal digits) nor the address of a run.',
          ),
  });
  const reference = text === undefined ? undefined : readPasted(text);
  if (reference !== undefined) {
    await openReference(context, reference);
  }
};

function readPasted(text: string): Reference | AddressProblem | undefined {
  return parseWorkbenchAddress(text) ?? parseRunReference(text);
}

/** Goes to the run that a model version was made from. */
export const revealSourceRun: CommandHandler = async (context, targets) => {
  for (const target of targets) {
    if (target.kind === 'version' && target.runId !== undefined) {
      const session = await sessionOf(context.sessions, target);
      await openRun(context, session, target.runId);
    }
  }
};

export const copyRunId: CommandHandler = async ({ sidebar }, targets) => {
  await copyLines(targets.length > 0 ? targets : sidebar.selection(), (target) =>
    target.kind === 'run' ? target.runId : undefined,
  );
};

/** Copies addresses that open the runs in VS Code, wherever their server can be reached. */
export const copyRunLink: CommandHandler = async ({ sessions, sidebar }, targets) => {
  await copyLines(targets.length > 0 ? targets : sidebar.selection(), (target) => {
    const session = sessions.get(target.connection);
    return target.kind === 'run' && session !== undefined
      ? workbenchAddress(vscode.env.uriScheme, target.runId, session.name)
      : undefined;
  });
};
