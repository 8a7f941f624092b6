import * as vscode from 'vscode';

import type { CommandHandler } from './commandContext';
import { searchAsTyped } from './searchAsTyped';

export const searchModels: CommandHandler = async ({ session }) => {
  const { models } = session;
  await searchAsTyped({
    title: vscode.l10n.t('Search Registered Models'),
    placeholder: vscode.l10n.t('Part of the name'),
    value: models?.search ?? '',
    search: (text) => models?.setSearch(text),
  });
};

export const clearModelSearch: CommandHandler = ({ session }) => session.models?.setSearch('');

/** Copies `models:/<name>/<version>`, MLflow's address of a version. */
export const copyModelUri: CommandHandler = async (_context, targets) => {
  const uris = targets.map((target) =>
    target.kind === 'version' ? `models:/${target.name}/${target.version}` : undefined,
  );
  await vscode.env.clipboard.writeText(uris.filter((uri) => uri !== undefined).join('\n'));
};
