import * as vscode from 'vscode';

import type { RunStatus } from '../mlflow/model';
import type { LaunchTitle, ProjectCommand } from '../projects/launchContracts';
import type { Launch, LaunchState } from '../state/launches';
import { projectName } from './machine';

/** A launch that has just begun, as its list shows it. */
export function rowOf(id: string, name: string, startedAt: number): Launch {
  return {
    ...{ id, name, startedAt, kind: 'run', state: 'starting' },
    ...{ endedAt: undefined, run: undefined, message: undefined, progress: undefined },
  };
}

export function titleFor(id: string, command: ProjectCommand): LaunchTitle {
  return {
    id,
    title: `mlflow run: ${titleOf(command)}`,
    groupId: undefined,
    closeAfterSuccess: false,
  };
}

/** What stands after `mlflow run:`. */
export function titleOf({ program }: ProjectCommand): string {
  return projectName(program.kind === 'project' ? program.uri : program.file);
}

export function nameOf(command: ProjectCommand): string {
  const { program } = command;
  return program.kind === 'project' && program.entryPoint !== 'main'
    ? `${titleOf(command)} · ${program.entryPoint}`
    : titleOf(command);
}

/** Where nobody saw the process end, its run tells. */
export function stateAfter(code: number | undefined, status: RunStatus | undefined): LaunchState {
  return code === 0 || (code === undefined && status === 'FINISHED')
    ? 'finished'
    : code === undefined && status !== 'FAILED'
      ? 'stopped'
      : 'failed';
}

export function endText(code: number | undefined, status: RunStatus | undefined): string {
  if (code === undefined && status === 'RUNNING') {
    return vscode.l10n.t('Nobody sees its process any more; its run goes on.');
  }
  return code === undefined
    ? vscode.l10n.t('It ended while nobody was looking.')
    : vscode.l10n.t('It ended with exit code {0}. Its terminal says more.', code);
}
