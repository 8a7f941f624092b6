import * as vscode from 'vscode';

import type { RunThing } from '../../mlflow/thing';
import type { VersionThing } from '../../mlflow/registry/modelThing';
import { plainLabel } from '../../mlflow/plainLabel';
import { shortName } from '../../mlflow/thing';
import type { Target } from '../../mlflow/target';
import { chosenRuns } from '../chosenThings';
import type { CommandContext } from '../commandContext';
import { offer } from '../tellOutcome';
import { modelWritesOf, type ChosenModel } from './chosenModels';
import { inModels } from './moveVersions';
import { registerModel } from './registerModel';
import { versionItems } from './versionItems';

interface Item extends vscode.QuickPickItem {
  readonly thing: VersionThing;
}

/** The version that was made of a run: the only one, or one picked from a list. A run without any can be registered. */
export async function versionOfRun(
  context: CommandContext,
  run: Target,
  title: string,
): Promise<ChosenModel<VersionThing> | undefined> {
  const [chosen] = await chosenRuns(context, [run]);
  const [thing] = chosen?.things ?? [];
  if (chosen === undefined || thing === undefined) {
    return undefined;
  }
  const { session } = chosen;
  const items = await inModels(async () => itemsOf(chosen.session, thing));
  const [only] = items;
  if (only === undefined) {
    const text = vscode.l10n.t('No registered model is made of run {0}.', shortName(thing));
    const label = vscode.l10n.t('Register Model…');
    void offer(
      context,
      text,
      'information',
      new Map([[label, () => registerModel(context, [run])]]),
    );
    return undefined;
  }
  const placeHolder = vscode.l10n.t('Choose a version that was made of {0}', shortName(thing));
  const options = { title, placeHolder, matchOnDescription: true };
  const picked =
    items.length === 1 ? only : await vscode.window.showQuickPick<Item>(items, options);
  return picked && { session, thing: picked.thing };
}

async function itemsOf(
  session: ChosenModel['session'],
  { id }: RunThing,
): Promise<readonly Item[]> {
  const writes = await modelWritesOf(session);
  const versions = await writes.versionsOfRun(id);
  const names = [...new Set(versions.map(({ name }) => name))];
  const models = await Promise.all(names.map((name) => writes.getModel(name)));
  return models.flatMap(({ name, aliases }) => {
    const own = versions.filter((version) => version.name === name);
    return versionItems(aliases, own).map((item): Item => {
      const thing: VersionThing = { kind: 'version', name, version: item.version };
      return { ...item, label: plainLabel(`${name} v${item.version}`), thing };
    });
  });
}
