import * as vscode from 'vscode';

import { experimentOrders, type ExperimentOrder } from '../state/choices';
import type { Sessions } from '../state/sessions';
import { copyLines } from './copyLines';
import type { CommandHandler } from './commandContext';
import { pickOrder } from './pickOrder';
import { searchAsTyped } from './searchAsTyped';
import { experimentsOf, sessionOf } from './sessionOf';

export const searchExperiments: CommandHandler = async ({ sessions }) => {
  const { search } = await experimentsOf(await sessionOf(sessions));
  await searchAsTyped({
    title: vscode.l10n.t('Search Experiments'),
    placeholder: vscode.l10n.t('Part of the name'),
    value: search,
    search: (text) => sessions.all.forEach((each) => each.experiments?.setSearch(text)),
  });
};

export const clearExperimentSearch: CommandHandler = ({ sessions }) =>
  sessions.all.forEach((session) => session.experiments?.setSearch(''));

export const sortExperiments: CommandHandler = async ({ sessions }, targets) => {
  const experiments = await experimentsOf(await sessionOf(sessions, targets[0]));
  const labels: Record<ExperimentOrder, string> = {
    created: vscode.l10n.t('Newest first'),
    name: vscode.l10n.t('Name'),
    lastUse: vscode.l10n.t('Last used first'),
  };
  const title = vscode.l10n.t('Sort Experiments');
  const picked = await pickOrder(title, labels, experimentOrders, experiments.order);
  if (picked !== undefined) {
    const all = targets.length > 0 ? [] : sessions.all.map((session) => session.experiments);
    const meant = new Set([experiments, ...all].filter((each) => each !== undefined));
    await Promise.all([...meant].map((each) => each.setOrder(picked)));
  }
};

export const pinExperiment: CommandHandler = async (context, targets) => {
  await pin(context.sessions, targets, true);
};

export const unpinExperiment: CommandHandler = async (context, targets) => {
  await pin(context.sessions, targets, false);
};

async function pin(
  sessions: Sessions,
  targets: Parameters<CommandHandler>[1],
  pinned: boolean,
): Promise<void> {
  for (const target of targets) {
    if (target.kind === 'experiment') {
      await sessions.get(target.connection)?.experiments?.pin(target.experimentId, pinned);
    }
  }
}

export const showDeleted: CommandHandler = ({ sessions }) =>
  sessions.all.forEach((session) => session.experiments?.setLifecycle('deleted'));

export const showActive: CommandHandler = ({ sessions }) =>
  sessions.all.forEach((session) => session.experiments?.setLifecycle('active'));

export const copyExperimentId: CommandHandler = async ({ sidebar }, targets) => {
  await copyLines(targets.length > 0 ? targets : sidebar.selection(), (target) =>
    target.kind === 'experiment' ? target.experimentId : undefined,
  );
};
