import * as vscode from 'vscode';

import type { Log } from '../base/log';
import { explainError } from '../host/explainError';
import type { CommandId } from '../ids';
import { isAbortError } from '../mlflow/errors';
import { isTargeted, type Target } from '../mlflow/target';
import type { CommandContext, CommandHandler } from './commandContext';

/**
 * Registers a command inside the one guard round all of them: a failure becomes one sentence with a
 * way to the log; cancelling is no failure.
 */
export function registerCommand(
  id: CommandId,
  handler: CommandHandler,
  context: CommandContext,
  log: Log,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (first?: unknown, all?: unknown) => {
    try {
      await handler(context, targetsOf(first, all));
    } catch (error) {
      if (isAbortError(error) || error instanceof vscode.CancellationError) {
        return;
      }
      log.error(`${id}: ${String(error)}`);
      const showLog = vscode.l10n.t('Show Log');
      const answer = await vscode.window.showErrorMessage(explainError(error), showLog);
      if (answer === showLog) {
        context.showLog();
      }
    }
  });
}

/** VS Code hands a menu's command the row it was opened on, then all selected rows. */
function targetsOf(first: unknown, all: unknown): readonly Target[] {
  const rows = Array.isArray(all) && all.length > 0 ? (all as readonly unknown[]) : [first];
  return rows
    .filter(isTargeted)
    .map(({ target }) => target)
    .filter((target) => target !== undefined);
}
