import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import { experimentOrders, type ExperimentOrder } from '../state/choices';
import type { Experiments } from '../state/experiments';
import type { Session } from '../state/session';
import { copyLines } from './copyLines';
import type { CommandHandler } from './commandContext';
import { searchAsTyped } from './searchAsTyped';

/** The experiments of the connection, which is opened if need be; a failure to open it is thrown. */
export async function connectedExperiments(session: Session): Promise<Experiments> {
  const status = await session.connection.ensure();
  if (status.kind === 'failed') {
    throw status.error;
  }
  if (session.experiments === undefined) {
    throw new SaidError(
      vscode.l10n.t('No tracking server is connected. Set a tracking URI first.'),
    );
  }
  return session.experiments;
}

export const searchExperiments: CommandHandler = async ({ session }) => {
  const experiments = await connectedExperiments(session);
  await searchAsTyped({
    title: vscode.l10n.t('Search Experiments'),
    placeholder: vscode.l10n.t('Part of the name'),
    value: experiments.search,
    search: (text) => session.experiments?.setSearch(text),
  });
};

export const clearExperimentSearch: CommandHandler = ({ session }) =>
  session.experiments?.setSearch('');

export const sortExperiments: CommandHandler = async ({ session }) => {
  const experiments = await connectedExperiments(session);
  const labels: Record<ExperimentOrder, string> = {
    created: vscode.l10n.t('Newest first'),
    name: vscode.l10n.t('Name'),
    lastUse: vscode.l10n.t('Last used first'),
  };
  const items = experimentOrders.map((order) => ({
    label: labels[order],
    description: order === experiments.order ? vscode.l10n.t('current') : '',
    order,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Sort Experiments'),
  });
  if (picked !== undefined) {
    await experiments.setOrder(picked.order);
  }
};

export const pinExperiment: CommandHandler = async (context, targets) => {
  await pin(context.session, targets, true);
};

export const unpinExperiment: CommandHandler = async (context, targets) => {
  await pin(context.session, targets, false);
};

async function pin(
  session: Session,
  targets: Parameters<CommandHandler>[1],
  pinned: boolean,
): Promise<void> {
  for (const target of targets) {
    if (target.kind === 'experiment') {
      await session.experiments?.pin(target.experimentId, pinned);
    }
  }
}

export const showDeleted: CommandHandler = ({ session }) =>
  session.experiments?.setLifecycle('deleted');

export const showActive: CommandHandler = ({ session }) =>
  session.experiments?.setLifecycle('active');

export const copyExperimentId: CommandHandler = async ({ sidebar }, targets) => {
  await copyLines(targets.length > 0 ? targets : sidebar.selection(), (target) =>
    target.kind === 'experiment' ? target.experimentId : undefined,
  );
};
