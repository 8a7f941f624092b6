import * as vscode from 'vscode';

import { copyLines } from '../copyLines';
import type { CommandHandler } from '../commandContext';
import { searchAsTyped } from '../searchAsTyped';

export const searchModels: CommandHandler = async ({ sessions }) => {
  await searchAsTyped({
    title: vscode.l10n.t('Search Registered Models'),
    placeholder: vscode.l10n.t('Part of the name, or a filter: {0}', "tags.team = 'seats'"),
    value: sessions.active?.models?.search ?? '',
    search: (text) => sessions.all.forEach((session) => session.models?.setSearch(text)),
  });
};

export const clearModelSearch: CommandHandler = ({ sessions }) =>
  sessions.all.forEach((session) => session.models?.setSearch(''));

/** Copies `models:/<name>/<version>`, MLflow's address of a version. */
export const copyModelUri: CommandHandler = async ({ sidebar }, targets) => {
  await copyLines(targets.length > 0 ? targets : sidebar.selection(), (target) =>
    target.kind === 'version' ? `models:/${target.name}/${target.version}` : undefined,
  );
};
