import * as vscode from 'vscode';

import type { Log } from '../base/log';
import { explainError } from '../host/explainError';
import { commands, type CommandId } from '../ids';
import { isAbortError } from '../mlflow/errors';
import { isTargeted, type Target } from '../mlflow/target';
import type { CommandContext, CommandHandler } from './commandContext';

/** These show what is selected side by side, in the order in which a person selected it. */
const inOrderOfSelection: ReadonlySet<CommandId> = new Set([
  commands.compareRuns,
  commands.compareArtifact,
  commands.openRunsTable,
  commands.showImages,
]);

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
    await guarded(id, context, log, () =>
      handler(context, targetsOf(id, first, all), resourcesOf(first, all), wordOf(first, all)),
    );
  });
}

/** Does something inside the guard; `what` names it in the log. */
export async function guarded(
  what: string,
  context: Pick<CommandContext, 'showLog'>,
  log: Log,
  work: () => Promise<void> | void,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isAbortError(error) && !(error instanceof vscode.CancellationError)) {
      log.error(`${what}: ${String(error)}`);
      await tellFailure(error, context);
    }
  }
}

/** Tells a failure, unless it is none, in one sentence with a way to the log. */
export async function tellFailure(
  error: unknown,
  { showLog }: Pick<CommandContext, 'showLog'>,
): Promise<void> {
  if (isAbortError(error) || error instanceof vscode.CancellationError) {
    return;
  }
  const action = vscode.l10n.t('Show Log');
  if ((await vscode.window.showErrorMessage(explainError(error), action)) === action) {
    showLog();
  }
}

/** VS Code hands a menu's command the row it was opened on, then all selected rows; what is about one row is about the first. */
function targetsOf(id: CommandId, first: unknown, all: unknown): readonly Target[] {
  const selected = Array.isArray(all) ? (all as readonly unknown[]) : [];
  const rows = inOrderOfSelection.has(id)
    ? selected
    : selected.toSorted((a, b) => Number(b === first) - Number(a === first));
  return (rows.length === 0 ? [first] : rows)
    .filter(isTargeted)
    .map(({ target }) => target)
    .filter((target) => target !== undefined);
}

/** The same for the rows of the Explorer and the documents of editors, whose second argument may be something else. */
function resourcesOf(first: unknown, all: unknown): readonly vscode.Uri[] {
  const some = Array.isArray(all) && all.length > 0 ? (all as readonly unknown[]) : [first];
  return [
    ...some.filter((each) => each instanceof vscode.Uri),
    ...(typeof first === 'string' ? [vscode.Uri.parse(first)] : []),
  ];
}

/** The lenses of the language server hand over an address and a name. */
function wordOf(first: unknown, all: unknown): string | undefined {
  return typeof first === 'string' && typeof all === 'string' ? all : undefined;
}
