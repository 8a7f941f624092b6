import * as vscode from 'vscode';

import { explainError, SaidError } from '../../host/explainError';
import { MlflowError } from '../../mlflow/errors';
import { withoutLinks } from '../../mlflow/format';
import type { NewModelVersion } from '../../mlflow/registry/registryChanges';
import type { Session } from '../../state/session';
import type { CommandContext } from '../commandContext';
import { modelWritesOf, shortModelName, versionName } from './chosenModels';
import type { PickedName } from './pickModelName';

/** Registers a version under a name, new or not, and shows it in the Models view once it is ready. */
export async function makeVersion(
  { sidebar }: CommandContext,
  session: Session,
  { name, isNew }: PickedName,
  what: Omit<NewModelVersion, 'name'>,
): Promise<void> {
  const title = withoutLinks(vscode.l10n.t('Registering {0}', shortModelName(name)));
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  const made = await vscode.window.withProgress(options, async (progress, token) => {
    const waiting = new AbortController();
    token.onCancellationRequested(() => waiting.abort(new vscode.CancellationError()));
    const writes = await modelWritesOf(session);
    waiting.signal.throwIfAborted();
    if (isNew) {
      await unlessThere(writes.createModel(name));
    }
    const version = await registered(name, isNew, () => writes.register({ ...what, name }));
    progress.report({ message: vscode.l10n.t('version {0} is pending', version.version) });
    return writes.untilRegistered(version, waiting.signal);
  });
  await sidebar.revealModel(session, made.name, made.version);
  if (made.status === 'FAILED_REGISTRATION') {
    throw new SaidError(
      vscode.l10n.t(
        '{0} could not be registered: {1}',
        versionName(made),
        made.statusMessage || made.status,
      ),
    );
  }
  vscode.window.setStatusBarMessage(vscode.l10n.t('{0} is registered.', versionName(made)), 5000);
}

/** Somebody else may have been faster; then there is a model to register under. */
async function unlessThere(creating: Promise<void>): Promise<void> {
  try {
    await creating;
  } catch (error) {
    if (!(error instanceof MlflowError) || error.detail.errorCode !== 'RESOURCE_ALREADY_EXISTS') {
      throw error;
    }
  }
}

async function registered<T>(name: string, isNew: boolean, register: () => Promise<T>): Promise<T> {
  try {
    return await register();
  } catch (error) {
    if (!isNew) {
      throw error;
    }
    throw new SaidError(
      vscode.l10n.t(
        'The registered model {0} was created, but no version of it: {1}',
        shortModelName(name),
        explainError(error),
      ),
      { cause: error },
    );
  }
}
