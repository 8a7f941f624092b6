import * as vscode from 'vscode';

import { SaidError } from '../../host/explainError';
import { MlflowError } from '../../mlflow/errors';
import { modelOrders, type ModelOrder } from '../../state/models';
import { askUntilTaken } from '../askUntilTaken';
import type { CommandHandler } from '../commandContext';
import { pickOrder } from '../pickOrder';
import { opened, sessionOf } from '../sessionOf';
import { chooseModel } from './chooseVersion';
import { modelsOf, modelWritesOf, shortModelName } from './chosenModels';
import { whyNotModelName } from './modelNameTexts';

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

export const sortModels: CommandHandler = async ({ sessions }) => {
  const models = await modelsOf(await sessionOf(sessions));
  const labels: Record<ModelOrder, string> = {
    name: vscode.l10n.t('Name'),
    updated: vscode.l10n.t('Last changed first'),
  };
  const title = vscode.l10n.t('Sort Registered Models');
  const picked = await pickOrder(title, labels, modelOrders, models.order);
  if (picked !== undefined) {
    const all = sessions.all.flatMap(({ models: each }) => each ?? []);
    await Promise.all(all.map((each) => each.setOrder(picked)));
  }
};

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
