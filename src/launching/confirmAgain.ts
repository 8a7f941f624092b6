import * as vscode from 'vscode';

import { toOneLine, withoutLinks } from '../mlflow/format';
import { isGitUri } from './gitUri';
import { isInWorkspace } from './isInWorkspace';
import type { WantedRun } from './projectRuns';

/** What is listed of many runs. */
const mostListed = 10;
const longest = 120;

/**
 * Lets a person agree to what a server says that runs came from, since whoever can write to it can name any code; many are agreed to
 * by their count. Nothing is asked for one run of a project of the workspace.
 */
export async function confirmAgain(all: readonly WantedRun[]): Promise<boolean> {
  const [only] = all;
  if (only === undefined || (all.length === 1 && isOfWorkspace(only))) {
    return only !== undefined;
  }
  const run = vscode.l10n.t('Run Again');
  const message =
    all.length === 1
      ? vscode.l10n.t('Run code that is not in this workspace?')
      : vscode.l10n.t('Run {0} runs again?', all.length);
  const answer = await vscode.window.showWarningMessage(
    message,
    { modal: true, detail: all.length === 1 ? detailOf(only) : listOf(all) },
    run,
  );
  return answer === run;
}

function isOfWorkspace({ command: { program } }: WantedRun): boolean {
  return program.kind === 'project' && !isGitUri(program.uri) && isInWorkspace(program.uri);
}

function detailOf({ command: { program, parameters } }: WantedRun): string {
  if (program.kind !== 'project') {
    return plain(program.file);
  }
  const { uri, version, entryPoint } = program;
  return [
    vscode.l10n.t('The server says that the run came from there.'),
    plain(uri),
    ...(isGitUri(uri)
      ? [vscode.l10n.t('Version: {0}', version ?? vscode.l10n.t('of the default branch'))]
      : []),
    vscode.l10n.t('Entry point: {0}', plain(entryPoint)),
    ...parameters.slice(0, mostListed).map(([name, value]) => plain(`${name}=${value}`)),
    ...rest(parameters.length),
  ].join('\n');
}

function listOf(all: readonly WantedRun[]): string {
  const lines = all
    .slice(0, mostListed)
    .map(({ command: { program } }) =>
      program.kind === 'project' ? plain(`${program.uri} · ${program.entryPoint}`) : program.file,
    );
  return [...lines, ...rest(all.length)].join('\n');
}

function rest(count: number): readonly string[] {
  return count > mostListed ? [vscode.l10n.t('and {0} more', count - mostListed)] : [];
}

function plain(text: string): string {
  return withoutLinks(toOneLine(text, longest));
}
