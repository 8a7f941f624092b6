import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import type { SignInServer } from '../mlflow/signIn';
import type { Target } from '../mlflow/target';
import type { Session } from '../state/session';
import { askSignIn } from './askSignIn';
import type { CommandContext, CommandHandler } from './commandContext';
import { sessionOf } from './sessionOf';

/** Nothing is saved before the server took it. */
export const signIn: CommandHandler = async (context, targets) => {
  const { session, server } = await serverOf(context, targets[0]);
  const { signIns } = context;
  const given = await askSignIn(server, (candidate, signal) =>
    signIns.tryOut(session.id, server.origin, candidate, signal),
  );
  if (given !== undefined) {
    await signIns.keep(server.origin, given.signIn, session.id);
  }
};

export const signOut: CommandHandler = async (context, targets) => {
  const { server } = await serverOf(context, targets[0]);
  if (!(await context.signIns.forget(server.origin))) {
    throw new SaidError(
      server.account === undefined
        ? vscode.l10n.t('You are not signed in to {0}.', server.origin)
        : vscode.l10n.t(
            'No sign-in is saved for {0}. The one in use comes from the tracking URI, from variables such as MLFLOW_TRACKING_USERNAME, or from ~/.mlflow/credentials.',
            server.origin,
          ),
    );
  }
};

async function serverOf(
  { sessions, signIns }: CommandContext,
  target: Target | undefined,
): Promise<{ session: Session; server: SignInServer }> {
  const session = await sessionOf(sessions, target);
  // Which server it is, and what is sent to it, is known once the connection was tried.
  await session.connection.ensure();
  const origin = target?.kind === 'list' ? target.refusedBy : undefined;
  const server = signIns.serverOf(session.id, origin);
  if (server === undefined) {
    throw new SaidError(vscode.l10n.t('{0} needs no sign-in.', session.name));
  }
  return { session, server };
}
