import * as vscode from 'vscode';

import { SaidError } from '../../host/explainError';
import { dateText } from '../../host/times';
import { toOneLine } from '../../mlflow/format';
import { plainLabel } from '../../mlflow/plainLabel';
import {
  registryThing,
  type ModelThing,
  type VersionThing,
} from '../../mlflow/registry/modelThing';
import { aliasesOf } from '../../mlflow/registry/registryState';
import type { Target } from '../../mlflow/target';
import type { Models } from '../../state/models';
import type { ModelWrites } from '../../state/modelWrites';
import type { Session } from '../../state/session';
import type { CommandContext } from '../commandContext';
import { opened, sessionOf } from '../sessionOf';

/** A registered model or a version, and where it is. */
export interface ChosenModel<T extends ModelThing | VersionThing = ModelThing | VersionThing> {
  readonly session: Session;
  readonly thing: T;
}

const longestShortName = 80;

/** What changes registered models of a session, whose connection is opened if need be. */
export async function modelWritesOf(session: Session): Promise<ModelWrites> {
  await opened(session);
  if (session.modelWrites === undefined) {
    throw new vscode.CancellationError();
  }
  return session.modelWrites;
}

/** The registered models of a session, whose connection is opened if need be. */
export async function modelsOf(session: Session): Promise<Models> {
  await opened(session);
  if (session.models === undefined) {
    throw new vscode.CancellationError();
  }
  return session.models;
}

/** The models and versions that a command was called on, else those that are selected in the Models view. */
export async function chosenModelThings(
  { sessions, sidebar }: CommandContext,
  targets: readonly Target[],
): Promise<readonly ChosenModel[]> {
  const all = targets.length > 0 ? targets : sidebar.modelSelection();
  const chosen: ChosenModel[] = [];
  for (const target of all) {
    const thing = registryThing(target);
    if (thing !== undefined) {
      chosen.push({ session: await sessionOf(sessions, target), thing });
    }
  }
  return chosen;
}

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
  await models.list.ensure();
  if (models.list.error !== undefined) {
    throw models.list.error;
  }
  const items = models.shownModels.map(({ name, description }) => ({
    label: plainLabel(name),
    description: plainLabel(description),
    name,
  }));
  if (items.length === 0) {
    throw new SaidError(vscode.l10n.t('There are no registered models yet.'));
  }
  const placeHolder = vscode.l10n.t('Choose a registered model');
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder });
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
  const writes = await modelWritesOf(session);
  const model = await writes.getModel(thing.name);
  const items = (await writes.allVersions(model)).map(({ version, stage, creationTime }) => ({
    label: vscode.l10n.t('Version {0}', version),
    description: [
      stage === 'None' ? '' : stage,
      ...aliasesOf(model.aliases, version).map((alias) => `@${alias}`),
    ]
      .filter((part) => part !== '')
      .join(' '),
    detail: dateText(creationTime) ?? '',
    version,
  }));
  if (items.length === 0) {
    throw new SaidError(vscode.l10n.t('{0} has no versions yet.', thing.name));
  }
  const placeHolder = vscode.l10n.t('Choose a version of {0}', thing.name);
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder,
    matchOnDescription: true,
  });
  return picked && { session, thing: { ...thing, kind: 'version', version: picked.version } };
}

/** Names a version in a sentence. */
export function versionName({ name, version }: Pick<VersionThing, 'name' | 'version'>): string {
  return vscode.l10n.t('{0} version {1}', shortModelName(name), version);
}

/** The name of a model as it fits into a sentence. */
export function shortModelName(name: string): string {
  return toOneLine(name, longestShortName);
}
