import { access } from 'node:fs/promises';

import * as vscode from 'vscode';

import { MlflowError } from '../mlflow/errors';
import { leadsToOtherMachine } from '../mlflow/networkShare';

/**
 * MLflow would make a store that is not there; looking at one must not. Rejects with `notFound`, and with `unsupported` for
 * a store on another machine that somebody else than the person named, in the folder of `from`.
 */
export async function checkPresence(
  path: string | undefined,
  from?: { readonly folder: string | undefined },
  isWindows = process.platform === 'win32',
): Promise<void> {
  if (isWindows && path !== undefined && from && leadsToOtherMachine(path, from.folder)) {
    throw new MlflowError('unsupported', 'ownedServer', {
      serverMessage: vscode.l10n.t(
        '{0} lies on another machine, and you did not name it yourself. Enter it with Switch Connection… if you trust that machine.',
        path,
      ),
    });
  }
  try {
    await (path === undefined ? undefined : access(path));
  } catch {
    throw new MlflowError('notFound', 'ownedServer', {
      serverMessage: vscode.l10n.t(
        'There is no store at {0}. Check the tracking URI, or log a run there first.',
        path ?? '',
      ),
    });
  }
}
