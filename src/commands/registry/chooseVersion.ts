import * as vscode from 'vscode';

import { SaidError } from '../../host/explainError';
import type { ModelThing, VersionThing } from '../../mlflow/registry/modelThing';
import type { Target } from '../../mlflow/target';
import type { CommandContext } from '../commandContext';
import { sessionOf } from '../sessionOf';
import {
  chosenModelThings,
  modelsOf,
  modelWritesOf,
  shortModelName,
  type ChosenModel,
} from './chosenModels';
import { inModels } from './moveVersions';
import { pickModelName } from './pickModelName';
import { versionItems } from './versionItems';

/** The model that a command is about: its row's, a version's, the selected one, or one picked from a list. */
export async function chooseModel(
  context: CommandContext,
  targets: readonly Target[],
  title: string,
): Promise<ChosenModel<ModelThing> | undefined> {
  const [first] = await chosenModelThings(context, targets);
  if (first !== undefined) {
    const { session, thing } = first;
    return { session, thing: { kind: 'model', name: thing.name } };
  }
  const session = await sessionOf(context.sessions);
  const models = await modelsOf(session);
  await inModels(() => models.list.ensure());
  if (models.list.error !== undefined) {
    throw models.list.error;
  }
  if (models.shownModels.length === 0 && models.search === '') {
    throw new SaidError(vscode.l10n.t('There are no registered models yet.'));
  }
  const picked = await pickModelName(session, title, { mayBeNew: false });
  return picked && { session, thing: { kind: 'model', name: picked.name } };
}

/** The version that a command is about: its row's, the selected one, or one picked from lists. */
export async function chooseVersion(
  context: CommandContext,
  targets: readonly Target[],
  title: string,
): Promise<ChosenModel<VersionThing> | undefined> {
  for (const { session, thing } of await chosenModelThings(context, targets)) {
    if (thing.kind === 'version') {
      return { session, thing };
    }
  }
  const chosen = await chooseModel(context, targets, title);
  if (chosen === undefined) {
    return undefined;
  }
  const { session, thing } = chosen;
  const items = await inModels(async () => {
    const writes = await modelWritesOf(session);
    const model = await writes.getModel(thing.name);
    return versionItems(model.aliases, await writes.allVersions(model));
  });
  const name = shortModelName(thing.name);
  if (items.length === 0) {
    throw new SaidError(vscode.l10n.t('{0} has no versions yet.', name));
  }
  const placeHolder = vscode.l10n.t('Choose a version of {0}', name);
  const options = { title, placeHolder, matchOnDescription: true };
  const picked = await vscode.window.showQuickPick(items, options);
  return picked && { session, thing: { ...thing, kind: 'version', version: picked.version } };
}
