import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import type { Thing } from '../mlflow/thing';
import { withBulkProgress } from './bulkProgress';
import { writesOf, type Chosen } from './chosenThings';
import type { CommandContext, CommandHandler } from './commandContext';
import { tellOutcome, type OutcomeTexts } from './tellOutcome';

const deleted: OutcomeTexts = {
  all: (what) => vscode.l10n.t('Deleted {0}.', what),
  some: (done, what, failed, why) =>
    vscode.l10n.t('Deleted {0} of {1}; {2} were not: {3}', done, what, failed, why),
  none: (what, why) => vscode.l10n.t('Could not delete {0}: {1}', what, why),
  stopped: (done, what) => vscode.l10n.t('Deleted {0} of {1}, then stopped.', done, what),
};

const withTheirRuns: OutcomeTexts = {
  ...deleted,
  all: (what) =>
    `${deleted.all(what)} ${vscode.l10n.t('Runs go and come back with their experiment.')}`,
};

const restored: OutcomeTexts = {
  all: (what) => vscode.l10n.t('Restored {0}.', what),
  some: (done, what, failed, why) =>
    vscode.l10n.t('Restored {0} of {1}; {2} were not: {3}', done, what, failed, why),
  none: (what, why) => vscode.l10n.t('Could not restore {0}: {1}', what, why),
  stopped: (done, what) => vscode.l10n.t('Restored {0} of {1}, then stopped.', done, what),
};

/**
 * Deletes things without asking, since the message that tells it offers to undo it.
 *
 * @param before what an attempt before this one deleted; it is told, and undone, together with these
 */
export async function deleteThings(
  context: CommandContext,
  { session, things }: Chosen,
  before: readonly Thing[] = [],
): Promise<void> {
  const writes = await writesOf(session);
  const result = await withBulkProgress(vscode.l10n.t('Deleting'), things.length, (control) =>
    writes.delete(things, control, before),
  );
  const done = [...before, ...result.done];
  tellOutcome(context, {
    texts: things.some(({ kind }) => kind === 'experiment') ? withTheirRuns : deleted,
    things: [...before, ...things],
    done,
    result,
    undo: () => restoreThings(context, { session, things: done }),
    retry: (rest) => deleteThings(context, { session, things: rest }, done),
  });
}

/** Restores things that were deleted. */
export async function restoreThings(
  context: CommandContext,
  { session, things }: Chosen,
): Promise<void> {
  const writes = await writesOf(session);
  const result = await withBulkProgress(vscode.l10n.t('Restoring'), things.length, (control) =>
    writes.restore(things, control),
  );
  tellOutcome(context, {
    texts: restored,
    things,
    done: result.done,
    result,
    retry: (rest) => restoreThings(context, { session, things: rest }),
  });
}

/** Takes back the last deletion of the window. */
export const undoDelete: CommandHandler = async (context) => {
  const [last] = context.sessions.all
    .flatMap((session) => {
      const deletion = session.writes?.lastDeletion;
      return deletion === undefined ? [] : [{ session, ...deletion }];
    })
    .sort((a, b) => b.at - a.at);
  if (last === undefined) {
    throw new SaidError(vscode.l10n.t('Nothing was deleted since the connection was opened.'));
  }
  await restoreThings(context, last);
};
