import * as vscode from 'vscode';

import { SaidError } from '../../host/explainError';
import { MlflowError } from '../../mlflow/errors';
import type { ModelVersion, RegisteredModel } from '../../mlflow/model';
import { aliasesOf } from '../../mlflow/registry/registryState';
import type { VersionThing } from '../../mlflow/registry/modelThing';
import { modelOrders, type ModelOrder } from '../../state/models';
import type { Session } from '../../state/session';
import { askUntilTaken } from '../askUntilTaken';
import type { CommandHandler } from '../commandContext';
import { opened, sessionOf } from '../sessionOf';
import {
  chooseModel,
  chosenModelThings,
  modelsOf,
  modelWritesOf,
  shortModelName,
  versionName,
} from './chosenModels';
import { whyNotModelName } from './modelNameTexts';
import { versionsText } from './moveTexts';
import { inModels } from './moveVersions';

export const createModel: CommandHandler = async ({ sessions, sidebar }, targets) => {
  const session = await sessionOf(sessions, targets[0]);
  await opened(session);
  const { version } = await (await modelWritesOf(session)).serverInfo();
  let created: string | undefined;
  await askUntilTaken({
    title: vscode.l10n.t('Create Registered Model'),
    prompt: vscode.l10n.t('Name of the new registered model'),
    value: '',
    check: (name) => whyNotModelName(name.trim(), version),
    apply: (name) =>
      unlessTaken(name.trim(), async () => {
        await (await modelWritesOf(session)).createModel(name.trim());
        created = name.trim();
      }),
  });
  if (created !== undefined) {
    await sidebar.revealModel(session, created);
  }
};

export const renameModel: CommandHandler = async (context, targets) => {
  const chosen = await chooseModel(context, targets, vscode.l10n.t('Rename Registered Model'));
  if (chosen === undefined) {
    return;
  }
  const { session, thing } = chosen;
  const { version } = await (await modelWritesOf(session)).serverInfo();
  let renamed: string | undefined;
  await askUntilTaken({
    title: vscode.l10n.t('Rename {0}', shortModelName(thing.name)),
    prompt: vscode.l10n.t('New name. What loads the model by its old one will not find it.'),
    value: thing.name,
    check: (name) => whyNotModelName(name.trim(), version),
    apply: async (name) => {
      if (name.trim() !== thing.name) {
        await unlessTaken(name.trim(), async () => {
          await (await modelWritesOf(session)).renameModel(thing.name, name.trim());
          renamed = name.trim();
        });
      }
    },
  });
  if (renamed !== undefined) {
    await context.sidebar.revealModel(session, renamed);
  }
};

/** Deletes models or versions, after it was said what of them is in use: no registry brings back what was deleted. */
export const deleteModels: CommandHandler = async (context, targets) => {
  for (const { session, thing } of await chosenModelThings(context, targets)) {
    if (thing.kind === 'model') {
      await deleteModel(session, thing.name);
    } else {
      await deleteVersion(session, thing);
    }
  }
};

export const sortModels: CommandHandler = async ({ sessions }) => {
  const models = await modelsOf(await sessionOf(sessions));
  const labels: Record<ModelOrder, string> = {
    name: vscode.l10n.t('Name'),
    updated: vscode.l10n.t('Last changed first'),
  };
  const items = modelOrders.map((order) => ({
    label: labels[order],
    description: order === models.order ? vscode.l10n.t('current') : '',
    order,
  }));
  const title = vscode.l10n.t('Sort Registered Models');
  const picked = await vscode.window.showQuickPick(items, { title });
  if (picked !== undefined) {
    const all = sessions.all.flatMap(({ models: each }) => each ?? []);
    await Promise.all(all.map((each) => each.setOrder(picked.order)));
  }
};

async function deleteModel(session: Session, name: string): Promise<void> {
  const writes = await modelWritesOf(session);
  const model = await inModels(() => writes.getModel(name));
  const versions = await inModels(() => writes.allVersions(model));
  const used = versions.flatMap((version) => useOf(model, version) ?? []);
  const whole = modelText(shortModelName(name), versions.length);
  if (await isSure(whole, used)) {
    await inModels(() => writes.deleteModel(name));
  }
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

async function deleteVersion(session: Session, thing: VersionThing): Promise<void> {
  const { name, version } = thing;
  const writes = await modelWritesOf(session);
  const [model, now] = await inModels(() =>
    Promise.all([writes.getModel(name), writes.getVersion(name, version)]),
  );
  const use = useOf(model, now);
  if (await isSure(vscode.l10n.t('Delete {0}', versionName(thing)), use ? [use] : [])) {
    await inModels(() => writes.deleteVersion(name, version));
  }
}

/** What would miss a version: its stage, where that is one in use, and its aliases. */
function useOf(model: RegisteredModel, { version, stage }: ModelVersion): string | undefined {
  const aliases = aliasesOf(model.aliases, version).map((alias) => `@${alias}`);
  const inUse = stage === 'Production' || stage === 'Staging' ? [stage] : [];
  const uses = [...inUse, ...aliases];
  return uses.length === 0
    ? undefined
    : vscode.l10n.t('{0} is {1}', versionsText([version]), uses.join(', '));
}

const mostUses = 5;

async function isSure(what: string, used: readonly string[]): Promise<boolean> {
  const told = used.slice(0, mostUses);
  const more =
    used.length > told.length ? [vscode.l10n.t('{0} more', used.length - told.length)] : [];
  const inUse = [...told, ...more].join('; ');
  const items = [
    { label: `$(trash) ${what}`, detail: inUse, sure: true },
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

async function unlessTaken(name: string, change: () => Promise<void>): Promise<void> {
  try {
    await change();
  } catch (error) {
    throw error instanceof MlflowError && error.detail.errorCode === 'RESOURCE_ALREADY_EXISTS'
      ? new SaidError(
          vscode.l10n.t('There is a registered model named {0} already.', shortModelName(name)),
          { cause: error },
        )
      : error;
  }
}
