import * as vscode from 'vscode';

import { explainError, SaidError } from '../host/explainError';
import { commands } from '../ids';
import { MlflowError } from '../mlflow/errors';
import type { NamedUri } from '../mlflow/found';
import { originOf, userInfoOf, withoutUserInfo } from '../mlflow/signIn';
import type { Session } from '../state/session';
import { askUri } from './askUri';
import type { CommandContext, CommandHandler } from './commandContext';
import type { Way } from './connectionPick';
import { pickConnection, type PickedConnection } from './pickConnection';
import { pickSome } from './pickSome';

/** Chooses what the window is connected to; nothing changes when the pick is left. */
export const switchConnection: CommandHandler = (context) => choose(context, 'instead');

/** Chooses what the window is connected to as well. */
export const openBeside: CommandHandler = (context) => choose(context, 'beside');

/** Takes away connections that were put beside the others: those of the rows, else chosen ones. */
export const closeConnection: CommandHandler = async ({ sessions, connections }, targets) => {
  const beside = sessions.all.filter(({ found }) => found?.beside);
  const onRows = beside.filter(({ id }) => targets.some(({ connection }) => connection === id));
  if (beside.length === 0) {
    throw new SaidError(vscode.l10n.t('No connection was opened beside another one.'));
  }
  const title = vscode.l10n.t('Close Connection');
  const meant = targets.length > 0 ? onRows : await pickSome(title, beside, ({ name }) => name);
  for (const session of meant) {
    await connections.close(session);
  }
};

/** Forgets connections that were used before. */
export const forgetConnection: CommandHandler = async ({ connections }) => {
  const { remembered } = connections;
  if (remembered.length === 0) {
    throw new SaidError(vscode.l10n.t('No connection was used before.'));
  }
  const title = vscode.l10n.t('Forget Connection');
  for (const { uri } of await pickSome(title, remembered, ({ uri }) => uri)) {
    await connections.forget(uri);
  }
};

async function choose(context: CommandContext, way: Way): Promise<void> {
  await context.sessions.ensure();
  const picked = await pickConnection(context, way);
  if (picked !== undefined) {
    await follow(context, picked);
  }
}

async function follow(context: CommandContext, picked: PickedConnection): Promise<void> {
  const { connections, sessions, sidebar } = context;
  const { choice, way, typed } = picked;
  switch (choice.kind) {
    case 'showLog':
      context.showLog();
      break;
    case 'session':
      sessions.activate(choice.session);
      await sidebar.revealConnection(choice.session);
      break;
    case 'back':
      await (await connections.useNamed())?.connection.ensure();
      break;
    case 'enter': {
      const uri = await enter(context, way, typed);
      await (uri && connect(context, way, { uri, namedBy: 'person' }));
      break;
    }
    case 'uri':
      await connect(context, way, choice.named);
  }
}

/** Asks for an address; what it holds of a sign-in goes to secret storage and nowhere else. */
async function enter(
  { signIns }: CommandContext,
  way: Way,
  typed: string,
): Promise<string | undefined> {
  const title =
    way === 'beside' ? vscode.l10n.t('Open Connection Beside') : vscode.l10n.t('Switch Connection');
  // What was typed to find this entry is no address.
  const uri = await askUri(title, /[:/\\]/.test(typed) ? typed : '');
  if (uri === undefined) {
    return undefined;
  }
  const origin = originOf(uri);
  const signIn = userInfoOf(uri);
  if (origin !== undefined && signIn !== undefined) {
    await signIns.keep(origin, signIn);
  }
  return withoutUserInfo(uri);
}

/** Opens what was chosen; where that fails, the way back is one click. */
async function connect(context: CommandContext, way: Way, named: NamedUri): Promise<void> {
  const { connections, sidebar } = context;
  const before = connections.instead;
  const session = await (way === 'beside' ? connections.putBeside(named) : connections.use(named));
  const status = await session?.connection.ensure();
  if (session === undefined || status === undefined) {
    return;
  }
  if (way === 'beside') {
    await sidebar.revealConnection(session);
  }
  if (status.kind === 'failed') {
    await sayFailure(context, session, status.error, async () => {
      if (way === 'beside') {
        await connections.close(session);
      } else {
        await (before === undefined ? connections.useNamed() : connections.use(before));
      }
    });
  }
}

async function sayFailure(
  context: CommandContext,
  session: Session,
  error: unknown,
  goBack: () => Promise<void>,
): Promise<void> {
  const { l10n, window } = vscode;
  const signIn = l10n.t('Sign In');
  const back = session.found?.beside ? l10n.t('Close Connection') : l10n.t('Switch Back');
  const log = l10n.t('Show Log');
  const wantsSignIn = error instanceof MlflowError && error.detail.status === 401;
  const buttons = [...(wantsSignIn ? [signIn] : []), back, log];
  const answer = await window.showErrorMessage(explainError(error), ...buttons);
  if (answer === signIn) {
    await vscode.commands.executeCommand(commands.signIn);
  } else if (answer === back) {
    await goBack();
  } else if (answer === log) {
    context.showLog();
  }
}
