import * as vscode from 'vscode';

import { SaidError } from '../../host/explainError';
import type { VersionThing } from '../../mlflow/registry/modelThing';
import type {
  CommandContext,
  CommandHandler,
  RegistryPageActions,
  VersionPlace,
} from '../commandContext';
import { chooseVersion } from './chooseVersion';
import { chosenModelThings, modelWritesOf, versionName, type ChosenModel } from './chosenModels';
import { versionItems } from './versionItems';

/** So many pages at once are a slip of the hand. */
const mostPages = 10;

/** Opens a page for each selected version; without any it asks which one is meant. */
export const openModelVersion: CommandHandler = async (context, targets) => {
  const selected = (await chosenModelThings(context, targets)).filter(isVersion);
  const asked =
    selected.length > 0
      ? selected
      : [await chooseVersion(context, targets, vscode.l10n.t('Open Model Version'))];
  if (asked.length > mostPages) {
    throw new SaidError(
      vscode.l10n.t(
        '{0} versions are selected; up to {1} are opened at a time. Select fewer.',
        asked.length,
        mostPages,
      ),
    );
  }
  const { version: pages } = await registryPages(context);
  for (const chosen of asked) {
    if (chosen !== undefined) {
      pages.openVersion(placeOf(chosen));
    }
  }
};

/** Shows exactly the selected versions side by side; for one alone, or none, others of its model are chosen. */
export const compareModelVersions: CommandHandler = async (context, targets) => {
  const selected = (await chosenModelThings(context, targets)).filter(isVersion);
  if (selected.length > 1) {
    (await registryPages(context)).versions.compare(selected.map(placeOf));
    return;
  }
  const title = vscode.l10n.t('Compare Versions');
  const first = selected[0] ?? (await chooseVersion(context, targets, title));
  const others = first === undefined ? [] : await chooseOthers(first);
  if (first !== undefined && others.length > 0) {
    const { connection, name } = placeOf(first);
    const places = others.map((version) => ({ connection, name, version }));
    (await registryPages(context)).versions.compare([placeOf(first), ...places]);
  }
};

async function registryPages(context: CommandContext): Promise<RegistryPageActions> {
  return (await context.pages()).registry();
}

/** Lets a person choose other versions of the same model. */
async function chooseOthers({
  session,
  thing,
}: ChosenModel<VersionThing>): Promise<readonly string[]> {
  const writes = await modelWritesOf(session);
  const model = await writes.getModel(thing.name);
  const all = await writes.allVersions(model);
  const others = all.filter(({ version }) => version !== thing.version);
  const items = versionItems(model.aliases, others);
  if (items.length === 0) {
    throw new SaidError(
      vscode.l10n.t(
        '{0} is the only version. Select versions of several models to compare them.',
        versionName(thing),
      ),
    );
  }
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Compare {0}', versionName(thing)),
    placeHolder: vscode.l10n.t('Choose versions to compare it with'),
    canPickMany: true,
    matchOnDescription: true,
  });
  return (picked ?? []).map(({ version }) => version);
}

function isVersion(chosen: ChosenModel): chosen is ChosenModel<VersionThing> {
  return chosen.thing.kind === 'version';
}

function placeOf({ session, thing }: ChosenModel<VersionThing>): VersionPlace {
  return { connection: session.id, name: thing.name, version: thing.version };
}
