import * as vscode from 'vscode';

import { toOneLine } from '../../mlflow/format';
import {
  registryThing,
  type ModelThing,
  type VersionThing,
} from '../../mlflow/registry/modelThing';
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

/** Names a version in a sentence. */
export function versionName({ name, version }: Pick<VersionThing, 'name' | 'version'>): string {
  return vscode.l10n.t('{0} version {1}', shortModelName(name), version);
}

/** The name of a model as it fits into a sentence. */
export function shortModelName(name: string): string {
  return toOneLine(name, longestShortName);
}
