import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import { MlflowError } from '../mlflow/errors';
import { parseRunReference } from '../mlflow/runReference';
import { everyRun, type RunSelection } from '../state/runSelection';
import { copyLines } from './copyLines';
import type { CommandContext, CommandHandler } from './commandContext';
import { connectedExperiments } from './experimentCommands';
import { askFilter } from './askFilter';
import { askOrder } from './askOrder';
import { chooseExperiment } from './chooseExperiment';

/** Narrows an experiment's runs; the input stays open, with the server's words, while it refuses. */
export const filterRuns: CommandHandler = async (context, targets) => {
  const experiment = await chooseExperiment(context, targets);
  const experiments = await connectedExperiments(context.session);
  const before = experiments.selection(experiment.id);
  await askFilter({
    title: vscode.l10n.t('Filter Runs of {0}', experiment.name),
    value: before.filter,
    apply: (filter) => experiments.select(experiment.id, { ...before, filter }),
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
  const experiment = await chooseExperiment(context, targets);
  const picked = await vscode.window.showQuickPick(ages, {
    title: vscode.l10n.t('Runs of {0} Created Within', experiment.name),
  });
  if (picked !== undefined) {
    await select(context, [{ kind: 'experiment', experimentId: experiment.id }], {
      createdWithin: picked.createdWithin,
    });
  }
};

export const sortRuns: CommandHandler = async (context, targets) => {
  const experiment = await chooseExperiment(context, targets);
  const experiments = await connectedExperiments(context.session);
  const runs = experiments.runs(experiment.id);
  await runs.list.ensure();
  const order = await askOrder(experiment.name, runs.list.items, runs.selection.order);
  if (order !== undefined) {
    await select(context, [{ kind: 'experiment', experimentId: experiment.id }], { order });
  }
};

async function select(
  { session }: CommandContext,
  targets: Parameters<CommandHandler>[1],
  change: Partial<RunSelection>,
): Promise<void> {
  const experiments = await connectedExperiments(session);
  for (const target of targets) {
    if (target.kind === 'experiment') {
      const before = experiments.selection(target.experimentId);
      await experiments.select(target.experimentId, { ...before, ...change });
    }
  }
}

export const openRunById: CommandHandler = async (context) => {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Open Run from URL or ID'),
    prompt: vscode.l10n.t('A run ID, or the address of a run in MLflow’s web pages.'),
    ignoreFocusOut: true,
    validateInput: (value) =>
      value.trim() === '' || parseRunReference(value) !== undefined
        ? undefined
        : vscode.l10n.t(
            'This is neither a run ID (32 hexadecimal digits) nor the address of a run.',
          ),
  });
  const reference = text === undefined ? undefined : parseRunReference(text);
  if (reference !== undefined) {
    await openRun(context, reference.runId, reference.serverUrl);
  }
};

/** Goes to the run that a model version was made from. */
export const revealSourceRun: CommandHandler = async (context, targets) => {
  for (const target of targets) {
    if (target.kind === 'version' && target.runId !== undefined) {
      await openRun(context, target.runId, undefined);
    }
  }
};

async function openRun(
  { session, sidebar }: CommandContext,
  runId: string,
  serverUrl: string | undefined,
): Promise<void> {
  const experiments = await connectedExperiments(session);
  try {
    const run = await experiments.show(runId, new AbortController().signal);
    await sidebar.revealRun(run.experimentId, run.id);
  } catch (error) {
    if (error instanceof MlflowError && error.kind === 'notFound') {
      throw new SaidError(notHere(runId, serverUrl), { cause: error });
    }
    throw error;
  }
}

function notHere(runId: string, serverUrl: string | undefined): string {
  return serverUrl === undefined
    ? vscode.l10n.t(
        'Run {0} does not exist on this tracking server. Check the ID, or set another tracking URI.',
        runId,
      )
    : vscode.l10n.t(
        'Run {0} does not exist on this tracking server. The address names {1}; set that as tracking URI to open it.',
        runId,
        serverUrl,
      );
}

export const copyRunId: CommandHandler = async ({ sidebar }, targets) => {
  await copyLines(targets.length > 0 ? targets : sidebar.selection(), (target) =>
    target.kind === 'run' ? target.runId : undefined,
  );
};
