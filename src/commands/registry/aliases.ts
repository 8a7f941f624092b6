import * as vscode from 'vscode';

import { SaidError } from '../../host/explainError';
import { aliasProblem, longestAlias } from '../../mlflow/registry/modelNames';
import { aliasesIn, type RegistryState } from '../../mlflow/registry/registryState';
import type { CommandHandler } from '../commandContext';
import { chooseVersion } from './chooseVersion';
import { versionName } from './chosenModels';
import { movedText } from './moveTexts';
import { makeMove } from './moveVersions';
import { stateWith } from './promote';

interface AliasItem extends vscode.QuickPickItem {
  readonly alias?: string;
}

/** Points an alias at a version: a new one, or one that another version has. */
export const setAlias: CommandHandler = async (context, targets) => {
  const chosen = await chooseVersion(context, targets, vscode.l10n.t('Set Alias'));
  if (chosen === undefined) {
    return;
  }
  const { session, thing } = chosen;
  const { name, version } = thing;
  const title = vscode.l10n.t('Set Alias of {0}', versionName(thing));
  const alias = await askAlias(title, await stateWith(chosen), version);
  if (alias !== undefined) {
    await makeMove(context, {
      session,
      name,
      before: await stateWith(chosen),
      steps: [{ kind: 'setAlias', alias, version }],
      said: (was, now) => movedText(name, version, was, now),
    });
  }
};

/** Takes an alias away from a version. */
export const deleteAlias: CommandHandler = async (context, targets) => {
  const chosen = await chooseVersion(context, targets, vscode.l10n.t('Delete Alias'));
  if (chosen === undefined) {
    return;
  }
  const { session, thing } = chosen;
  const before = await stateWith(chosen);
  const own = aliasesIn(before, thing.version);
  if (own.length === 0) {
    throw new SaidError(vscode.l10n.t('{0} has no alias.', versionName(thing)));
  }
  const title = vscode.l10n.t('Delete Alias of {0}', versionName(thing));
  const items = own.map((alias) => ({ label: `@${alias}`, alias }));
  const [only] = items;
  const picked = own.length === 1 ? only : await vscode.window.showQuickPick(items, { title });
  if (picked !== undefined) {
    const { alias } = picked;
    const now = own.length === 1 ? before : await stateWith(chosen);
    if (now.aliases.get(alias) !== thing.version) {
      throw new SaidError(
        vscode.l10n.t('Somebody has moved @{0} meanwhile, so it was not deleted.', alias),
      );
    }
    await makeMove(context, {
      session,
      name: thing.name,
      before: now,
      steps: [{ kind: 'deleteAlias', alias }],
      said: () => vscode.l10n.t('{0} is no longer @{1}.', versionName(thing), alias),
    });
  }
};

function askAlias(
  title: string,
  state: RegistryState,
  version: string,
): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick<AliasItem>();
  pick.title = title;
  pick.placeholder = vscode.l10n.t('Type a new alias, or choose one to move it here');
  pick.items = itemsFor(state, version, '');
  return new Promise((resolve) => {
    pick.onDidChangeValue((text) => {
      pick.items = itemsFor(state, version, text.trim().replace(/^@/, ''));
    });
    pick.onDidAccept(() => {
      const alias = pick.selectedItems[0]?.alias;
      if (alias !== undefined) {
        resolve(alias);
        pick.hide();
      }
    });
    pick.onDidHide(() => {
      pick.dispose();
      resolve(undefined);
    });
    pick.show();
  });
}

function itemsFor(
  { aliases }: RegistryState,
  version: string,
  typed: string,
): readonly AliasItem[] {
  const others = [...aliases]
    .filter(([, holder]) => holder !== version)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([alias, holder]) => ({
      label: `@${alias}`,
      description: vscode.l10n.t('moves here from version {0}', holder),
      alias,
    }));
  return typed === '' || (aliases.has(typed) && aliases.get(typed) !== version)
    ? others
    : [typedItem(typed, aliases.get(typed) === version), ...others];
}

function typedItem(typed: string, isOwn: boolean): AliasItem {
  const problem = isOwn ? vscode.l10n.t('The version has this alias already.') : whyNotAlias(typed);
  const item = { label: `@${typed}`, alwaysShow: true };
  return problem === undefined
    ? { ...item, description: vscode.l10n.t('new alias'), alias: typed }
    : { ...item, description: problem };
}

/** Why MLflow would refuse an alias, as a sentence; `undefined` where it would not. */
function whyNotAlias(alias: string): string | undefined {
  switch (aliasProblem(alias)) {
    case 'empty':
      return vscode.l10n.t('Enter an alias.');
    case 'long':
      return vscode.l10n.t('An alias has at most {0} characters.', longestAlias);
    case 'characters':
      return vscode.l10n.t('An alias holds letters, digits, _ and - only.');
    case 'latest':
      return vscode.l10n.t('MLflow keeps the alias "latest" for the newest version.');
    case 'version':
      return vscode.l10n.t('MLflow keeps aliases like "v3" for version numbers.');
    case undefined:
      return undefined;
  }
}
