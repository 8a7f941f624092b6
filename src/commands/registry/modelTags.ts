import * as vscode from 'vscode';

import { SaidError } from '../../host/explainError';
import type { Tag } from '../../mlflow/model';
import { plainLabel } from '../../mlflow/plainLabel';
import { tagValue } from '../../mlflow/runFacts';
import { askTagKey } from '../askTagKey';
import { askUntilTaken } from '../askUntilTaken';
import type { CommandHandler } from '../commandContext';
import { keysOf } from '../keysOf';
import {
  chosenModelThings,
  modelWritesOf,
  shortModelName,
  versionName,
  type ChosenModel,
} from './chosenModels';

/** Sets a tag on a registered model or a version. */
export const setModelTag: CommandHandler = async (context, targets) => {
  const chosen = await firstOf(chosenModelThings(context, targets));
  const { session, thing } = chosen;
  const what = nameOf(chosen);
  const tags = await tagsOf(chosen);
  const key = await askTagKey(vscode.l10n.t('Set Tag on {0}', what), knownKeys(chosen, tags));
  if (key === undefined) {
    return;
  }
  await askUntilTaken({
    title: vscode.l10n.t('Set Tag {0} on {1}', key, what),
    prompt: vscode.l10n.t('Value of the tag'),
    value: tagValue(tags, key) ?? '',
    check: () => undefined,
    apply: async (value) => {
      const writes = await modelWritesOf(session);
      await (thing.kind === 'model'
        ? writes.setModelTag(thing.name, key, value)
        : writes.setVersionTag(thing.name, thing.version, key, value));
    },
  });
};

/** Takes tags away from a registered model or a version. */
export const deleteModelTag: CommandHandler = async (context, targets) => {
  const chosen = await firstOf(chosenModelThings(context, targets));
  const { session, thing } = chosen;
  const tags = await tagsOf(chosen);
  if (tags.length === 0) {
    throw new SaidError(vscode.l10n.t('{0} has no tags.', nameOf(chosen)));
  }
  const items = tags.map(({ key, value }) => ({
    label: plainLabel(key),
    description: plainLabel(value),
    key,
  }));
  const title = vscode.l10n.t('Delete Tags of {0}', nameOf(chosen));
  const picked = await vscode.window.showQuickPick(items, { title, canPickMany: true });
  if (picked === undefined) {
    return;
  }
  const writes = await modelWritesOf(session);
  for (const { key } of picked) {
    await (thing.kind === 'model'
      ? writes.deleteModelTag(thing.name, key)
      : writes.deleteVersionTag(thing.name, thing.version, key));
  }
};

/** Opens the description of a registered model or a version in an editor. */
export const editModelNote: CommandHandler = async (context, targets) => {
  const { session, thing } = await firstOf(chosenModelThings(context, targets));
  await context.notes.open(session, thing);
};

async function firstOf(asked: Promise<readonly ChosenModel[]>): Promise<ChosenModel> {
  const [first] = await asked;
  if (first === undefined) {
    throw new SaidError(
      vscode.l10n.t('Select a registered model or a version in the Models view first.'),
    );
  }
  return first;
}

async function tagsOf({ session, thing }: ChosenModel): Promise<readonly Tag[]> {
  const writes = await modelWritesOf(session);
  const now =
    thing.kind === 'model'
      ? await writes.getModel(thing.name)
      : await writes.getVersion(thing.name, thing.version);
  return now.tags;
}

function nameOf({ thing }: ChosenModel): string {
  return thing.kind === 'model' ? shortModelName(thing.name) : versionName(thing);
}

/** Keys that models, or versions, beside the chosen one have. */
function knownKeys({ session, thing }: ChosenModel, own: readonly Tag[]): readonly string[] {
  const { models } = session;
  const others: readonly { readonly tags: readonly Tag[] }[] =
    thing.kind === 'model'
      ? (models?.list.items ?? [])
      : (models?.versions(thing.name).items ?? []);
  const keys = keysOf([{ tags: own }, ...others], ({ tags }) => tags);
  return keys;
}
