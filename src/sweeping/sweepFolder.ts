import { access } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

import * as vscode from 'vscode';

import { withoutUserInfo } from '../mlflow/signIn';
import { isGitUri } from '../launching/gitUri';
import { projectFiles } from '../launching/projectFile';
import type { LaunchProgram } from '../projects/launchContracts';

/** A folder of this machine, or none where the program is fetched from a repository. */
export interface SweepFolder {
  readonly folder: string | undefined;
}

/**
 * Where a sweep's project or script lies on this machine, which may be another one than began it: where it lay there, else where the
 * workspace has one of the same name, else where a person says. Nothing when that was left.
 */
export async function findSweepFolder(program: LaunchProgram): Promise<SweepFolder | undefined> {
  if (program.kind === 'project' && isGitUri(program.uri)) {
    return { folder: undefined };
  }
  const was = program.kind === 'project' ? program.uri : program.folder;
  const needed = program.kind === 'project' ? '.' : program.file;
  if (await isThere(join(was, needed))) {
    return { folder: was };
  }
  const here = await candidates(program);
  const sameName = here.filter(
    (folder) => basename(folder) === basename(was.replaceAll('\\', '/')),
  );
  const [only, second] = sameName.length > 0 ? sameName : here;
  return only !== undefined && second === undefined ? { folder: only } : pickFolder(was);
}

/**
 * Lets a person agree to what a sweep runs where that is not in the workspace: what a parent run says of it may have been written by
 * anybody who can write to the server.
 */
export async function confirmProgram(
  program: LaunchProgram,
  { folder }: SweepFolder,
): Promise<boolean> {
  const file = program.kind === 'script' ? program.file : '.';
  const place = folder === undefined ? undefined : resolve(folder, file);
  if (
    place !== undefined &&
    vscode.workspace.getWorkspaceFolder(vscode.Uri.file(place)) !== undefined
  ) {
    return true;
  }
  const what = place ?? (program.kind === 'project' ? withoutUserInfo(program.uri) : file);
  const items = [
    {
      label: vscode.l10n.t('Resume Sweep'),
      iconPath: new vscode.ThemeIcon('debug-continue'),
      detail: vscode.l10n.t('It runs {0}, which is not in this workspace.', what),
    },
  ];
  const title = vscode.l10n.t('Run This Code?');
  return (await vscode.window.showQuickPick(items, { title, ignoreFocusOut: true })) !== undefined;
}

async function candidates(program: LaunchProgram): Promise<readonly string[]> {
  if (program.kind === 'project') {
    return (await projectFiles()).map(({ fsPath }) => dirname(fsPath));
  }
  const { file } = program;
  const below = file.split(/[\\/]/).length;
  const found = await vscode.workspace.findFiles(`**/${file.replaceAll('\\', '/')}`, undefined, 50);
  return found.map(({ fsPath }) => join(fsPath, ...Array.from({ length: below }, () => '..')));
}

async function pickFolder(was: string): Promise<SweepFolder | undefined> {
  const [chosen] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      title: vscode.l10n.t('Where is {0} on this machine?', was),
      openLabel: vscode.l10n.t('Resume Sweep'),
    })) ?? [];
  return chosen && { folder: chosen.fsPath };
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
