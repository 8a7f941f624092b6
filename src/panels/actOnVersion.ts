import * as vscode from 'vscode';

import { commands } from '../ids';
import type { Targeted } from '../mlflow/target';
import type { VersionAction } from '../protocol/versionPage';
import type { VersionEntry } from '../state/versionEntry';

const commandOf: Readonly<Record<VersionAction, string>> = {
  promote: commands.promoteToProduction,
  transition: commands.transitionStage,
  setAlias: commands.setAlias,
  deleteAlias: commands.deleteAlias,
  describe: commands.editModelNote,
  setTag: commands.setModelTag,
  compare: commands.compareModelVersions,
};

/** Does with versions what a command does with the same rows of the Models view. */
export async function actOnVersions(
  action: VersionAction,
  entries: readonly Pick<VersionEntry, 'place' | 'version'>[],
): Promise<void> {
  const targets = entries.map(({ place, version }): Targeted => ({
    target: { kind: 'version', ...place, runId: version?.runId },
  }));
  if (targets.length > 0) {
    await vscode.commands.executeCommand(commandOf[action], targets[0], targets);
  }
}
