import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import { MlflowError } from '../mlflow/errors';
import { parseRunReference } from '../mlflow/runReference';
import type { Target } from '../mlflow/target';
import type { Session } from '../state/session';
import { everyRun, type RunSelection } from '../state/runSelection';
import { copyLines } from './copyLines';
import type { CommandContext, CommandHandler } from './commandContext';
import { askFilter } from './askFilter';
import { askOrder } from './askOrder';
import { chooseExperiment } from './chooseExperiment';
import { experimentsOf, sessionOf } from './sessionOf';

/** Narrows an experiment's runs; the input stays open, with the server's words, while it refuses. */
export const filterRuns: CommandHandler = async (context, targets) => {
  const { experiment, experiments } = await chooseExperiment(context, targets);
  const before = experiments.selection(experiment.id);
  await askFilter({
    title: vscode.l10n.t('Filter Runs of {0}', experiment.name),
    value: before.filter,
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
    const session = await sessionOf(context.sessions);
    await openRun(context, session, reference.runId, reference.serverUrl);
  }
};

/** Goes to the run that a model version was made from. */
export const revealSourceRun: CommandHandler = async (context, targets) => {
  for (const target of targets) {
    if (target.kind === 'version' && target.runId !== undefined) {
      const session = await sessionOf(context.sessions, target);
      await openRun(context, session, target.runId, undefined);
    }
  }
};

async function openRun(
  { sidebar }: CommandContext,
  session: Session,
  runId: string,
  serverUrl: string | undefined,
): Promise<void> {
  const experiments = await experimentsOf(session);
  try {
    const run = await experiments.show(runId, new AbortController().signal);
    await sidebar.revealRun(session, run.experimentId, run.id);
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
