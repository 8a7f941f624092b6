import * as vscode from 'vscode';

import { commands } from '../ids';
import type { Target } from '../mlflow/target';
import type { RunsPage } from '../protocol/runsPage';
import type { TableRow } from '../state/tableRows';

type Action = RunsPage['requests']['act']['params']['action'];

const commandOf: Readonly<Record<Exclude<Action, 'reveal'>, string>> = {
  compare: commands.compareRuns,
  open: commands.openRun,
  tag: commands.setRunTag,
  rename: commands.renameRun,
  delete: commands.deleteRuns,
  restore: commands.restoreRuns,
};

/** Does with runs of a table what a command does with the same rows of the Experiments view. */
export async function actOnRuns(
  action: Exclude<Action, 'reveal'>,
  rows: readonly TableRow[],
): Promise<void> {
  const targets = rows.map(({ place, run }): { readonly target: Target } => ({
    target: {
      kind: 'run',
      ...place,
      known: { name: run.name, stage: run.lifecycleStage },
    },
  }));
  if (targets.length > 0) {
    await vscode.commands.executeCommand(commandOf[action], targets[0], targets);
  }
}
