import * as vscode from 'vscode';

import { explainError, SaidError } from '../../host/explainError';
import { MlflowError } from '../../mlflow/errors';
import { plainLabel } from '../../mlflow/plainLabel';
import { aliasesIn, type RegistryState } from '../../mlflow/registry/registryState';
import type { CommandHandler } from '../commandContext';
import {
  chosenModelThings,
  modelWritesOf,
  shortModelName,
  versionName,
  type ChosenModel,
} from './chosenModels';
import { versionsText } from './moveTexts';
import { inModels } from './moveVersions';

/** What is about to be deleted. */
interface Doomed {
  readonly chosen: ChosenModel;
  /** Versions that go: all of a model, else the one. */
  readonly versions: readonly string[];
  readonly state: RegistryState;
}

const mostUses = 5;

/**
 * Deletes models or versions, after one question that says what of them is in use: no registry brings back what was deleted. It
 * is asked again when something else is in use by the time of the answer.
 */
export const deleteModels: CommandHandler = async (context, targets) => {
  const chosen = withoutCovered(await chosenModelThings(context, targets));
  if (chosen.length === 0) {
    return;
  }
  let doomed = await inModels(() => lookAt(chosen));
  for (;;) {
    const asked = usesOf(doomed);
    if (!(await isSure(whatOf(doomed), asked))) {
      return;
    }
    doomed = await inModels(() => lookAt(chosen));
    if (usesOf(doomed).join() === asked.join()) {
      break;
    }
  }
  await inModels(() => deleteAll(doomed));
};

/** Versions go with their model. */
function withoutCovered(chosen: readonly ChosenModel[]): readonly ChosenModel[] {
  return chosen.filter(
    ({ session, thing }) =>
      thing.kind === 'model' ||
      chosen.every(
        (other) =>
          other.session !== session ||
          other.thing.kind === 'version' ||
          other.thing.name !== thing.name,
      ),
  );
}

/** How what was chosen stands now; what somebody else has deleted is left out, and rejects where nothing else was chosen. */
async function lookAt(chosen: readonly ChosenModel[]): Promise<readonly Doomed[]> {
  const doomed: Doomed[] = [];
  let gone: MlflowError | undefined;
  for (const each of chosen) {
    const { session, thing } = each;
    const writes = await modelWritesOf(session);
    try {
      const state = await writes.stateOf(thing.name);
      const versions = thing.kind === 'model' ? [...state.stages.keys()] : [thing.version];
      if (versions.every((version) => state.stages.has(version))) {
        doomed.push({ chosen: each, versions, state });
      }
    } catch (error) {
      if (!(error instanceof MlflowError) || error.kind !== 'notFound') {
        throw error;
      }
      gone = error;
    }
  }
  if (doomed.length === 0) {
    throw gone ?? new SaidError(vscode.l10n.t('Somebody else has deleted it already.'));
  }
  return doomed;
}

/** What would miss the versions: stages that are in use, and aliases. */
function usesOf(doomed: readonly Doomed[]): readonly string[] {
  const names = new Set(doomed.map(({ chosen }) => chosen.thing.name));
  return doomed.flatMap(({ chosen, versions, state }) =>
    versions.flatMap((version) => {
      const stage = state.stages.get(version);
      const inUse = stage === 'Production' || stage === 'Staging' ? [stage] : [];
      const uses = [...inUse, ...aliasesIn(state, version).map((alias) => `@${alias}`)];
      const { name } = chosen.thing;
      const who = names.size === 1 ? versionsText([version]) : versionName({ name, version });
      return uses.length === 0 ? [] : [vscode.l10n.t('{0} is {1}', who, uses.join(', '))];
    }),
  );
}

function whatOf(doomed: readonly Doomed[]): string {
  const [first] = doomed;
  const models = doomed.filter(({ chosen }) => chosen.thing.kind === 'model');
  if (first === undefined || doomed.length > 1) {
    return severalText(models.length, doomed.length - models.length, models);
  }
  const { thing } = first.chosen;
  return thing.kind === 'model'
    ? modelText(shortModelName(thing.name), first.versions.length)
    : vscode.l10n.t('Delete {0}', versionName(thing));
}

function severalText(models: number, versions: number, all: readonly Doomed[]): string {
  if (models === 0) {
    return vscode.l10n.t('Delete {0} versions', versions);
  }
  const within = all.reduce((sum, each) => sum + each.versions.length, 0);
  return versions === 0
    ? vscode.l10n.t('Delete {0} models and their {1} versions', models, within)
    : vscode.l10n.t('Delete {0} models and {1} versions', models, within + versions);
}

function modelText(name: string, versions: number): string {
  switch (versions) {
    case 0:
      return vscode.l10n.t('Delete {0}', name);
    case 1:
      return vscode.l10n.t('Delete {0} and its only version', name);
    default:
      return vscode.l10n.t('Delete {0} and its {1} versions', name, versions);
  }
}

async function isSure(what: string, used: readonly string[]): Promise<boolean> {
  const told = used.slice(0, mostUses);
  const more =
    used.length > told.length ? [vscode.l10n.t('{0} more', used.length - told.length)] : [];
  const inUse = [...told, ...more].join('; ');
  const items = [
    { label: `$(trash) ${plainLabel(what)}`, detail: plainLabel(inUse), sure: true },
    { label: vscode.l10n.t('Keep'), sure: false },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: what,
    placeHolder:
      inUse === ''
        ? vscode.l10n.t('A registry cannot bring back what was deleted.')
        : vscode.l10n.t('In use: {0}. It cannot be brought back.', inUse),
    ignoreFocusOut: true,
  });
  return picked?.sure === true;
}

/** What one of them forbids does not keep the rest from being deleted. */
async function deleteAll(doomed: readonly Doomed[]): Promise<void> {
  const failures: Error[] = [];
  for (const { chosen } of doomed) {
    const { session, thing } = chosen;
    try {
      const writes = await modelWritesOf(session);
      await (thing.kind === 'model'
        ? writes.deleteModel(thing.name)
        : writes.deleteVersion(thing.name, thing.version));
    } catch (error) {
      failures.push(error instanceof Error ? error : new Error(String(error)));
    }
  }
  const [first] = failures;
  if (first !== undefined) {
    throw doomed.length === 1
      ? first
      : new SaidError(
          vscode.l10n.t(
            '{0} of {1} could not be deleted: {2}',
            failures.length,
            doomed.length,
            explainError(first),
          ),
        );
  }
}
