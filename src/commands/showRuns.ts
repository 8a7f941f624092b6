import * as vscode from 'vscode';

import { plainLabel } from '../mlflow/plainLabel';
import type { CommandContext } from './commandContext';
import { openRun } from './openReference';
import { sessionOf } from './sessionOf';

/** A run, with what tells it from others. */
export interface ShownRun {
  /** Id of its session. */
  readonly connection: string;
  readonly runId: string;
  readonly name: string;
  readonly description: string;
}

/** Shows a run in the Experiments view; of several the one that is picked. */
export async function showRuns(context: CommandContext, runs: readonly ShownRun[]): Promise<void> {
  const [only] = runs;
  const run = runs.length === 1 ? only : await pick(runs);
  if (run !== undefined) {
    const session = await sessionOf(context.sessions, { kind: 'connection', ...run });
    await openRun(context, session, run.runId);
  }
}

async function pick(runs: readonly ShownRun[]): Promise<ShownRun | undefined> {
  const items = runs.map((run) => ({
    label: plainLabel(run.name),
    description: plainLabel(run.description),
    run,
  }));
  const placeHolder = vscode.l10n.t('Choose a run to show');
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.run;
}
