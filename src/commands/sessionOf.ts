import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import type { Target } from '../mlflow/target';
import type { OpenedConnection } from '../state/connection';
import type { Experiments } from '../state/experiments';
import type { Session } from '../state/session';
import type { Sessions } from '../state/sessions';

/** The session that a command is about: its row's, else the active one. Opens nothing. */
export async function sessionOf(sessions: Sessions, target?: Target): Promise<Session> {
  await sessions.ensure();
  const session = sessions.get(target?.connection);
  if (session === undefined) {
    throw new SaidError(
      vscode.l10n.t('No tracking server is connected. Set a tracking URI first.'),
    );
  }
  return session;
}

/** Opens the connection of a session if need be; a failure to open it is thrown. */
export async function opened(session: Session): Promise<OpenedConnection> {
  const status = await session.connection.ensure();
  if (status.kind === 'ready') {
    return status.opened;
  }
  throw status.kind === 'failed'
    ? status.error
    : new SaidError(vscode.l10n.t('No tracking server is connected. Set a tracking URI first.'));
}

/** The experiments of a session, whose connection is opened if need be; a failure is thrown. */
export async function experimentsOf(session: Session): Promise<Experiments> {
  await opened(session);
  if (session.experiments === undefined) {
    throw new vscode.CancellationError();
  }
  return session.experiments;
}
