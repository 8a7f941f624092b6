import { access } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import { plainLabel } from '../mlflow/plainLabel';
import { withoutUserInfo } from '../mlflow/signIn';
import { isGitUri } from '../launching/gitUri';
import { isInWorkspace } from '../launching/isInWorkspace';
import { isPlainName } from '../launching/plainName';
import { projectFiles, readLocalProject } from '../launching/projectFile';
import type { LaunchProgram } from '../projects/launchContracts';
import type { SweepHost } from '../projects/sweepContracts';
import { projectFileName } from '../server/service/sweep/projectBeside';
import { FolderFiles } from './folderFiles';
import { isPlainScript, mayBeOpened } from './foreignPath';

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
  if (mayBeOpened(was) && (await isThere(join(was, needed)))) {
    return { folder: was };
  }
  const here = await candidates(program);
  const sameName = here.filter(
    (folder) => basename(folder) === basename(was.replaceAll('\\', '/')),
  );
  const [only, second] = sameName.length > 0 ? sameName : here;
  return only !== undefined && second === undefined ? { folder: only } : pickFolder(was, needed);
}

/**
 * Lets a person agree to what a sweep runs where that is no script of the workspace, and no entry point that a project of the
 * workspace declares: what a parent run says of it may have been written by anybody who can write to the server.
 */
export async function confirmProgram(
  program: LaunchProgram,
  { folder }: SweepFolder,
): Promise<boolean> {
  if (folder !== undefined && (await isOurs(program, folder))) {
    return true;
  }
  const items = [
    {
      label: vscode.l10n.t('Resume Sweep'),
      iconPath: new vscode.ThemeIcon('debug-continue'),
      detail: whatRuns(program, folder),
    },
  ];
  const title = vscode.l10n.t('Run This Code?');
  return (await vscode.window.showQuickPick(items, { title, ignoreFocusOut: true })) !== undefined;
}

/**
 * Starts nothing but what was agreed to, whatever the sweep's record says when the engine reads it, and gives a project no names of
 * parameters that a shell would obey.
 */
export function agreed(host: SweepHost, program: LaunchProgram): SweepHost {
  const key = programKey(program);
  return {
    ...host,
    start: async (command, about) => {
      const { program: wanted, parameters } = command;
      const isPlain = wanted.kind === 'script' || parameters.every(([name]) => isPlainName(name));
      if (!isPlain || programKey(wanted) !== key) {
        throw new SaidError(
          vscode.l10n.t(
            'What the sweep runs is not what was launched: it was changed on the server.',
          ),
        );
      }
      return host.start(command, about);
    },
  };
}

/** Without its place, which is another one on each machine, unless that is a repository. */
function programKey(program: LaunchProgram): string {
  return program.kind === 'script'
    ? program.file
    : JSON.stringify([
        ...[program.entryPoint, program.version],
        isGitUri(program.uri) && withoutUserInfo(program.uri),
      ]);
}

async function isOurs(program: LaunchProgram, folder: string): Promise<boolean> {
  if (program.kind === 'script') {
    return isPlainScript(program.file) && isInWorkspace(resolve(folder, program.file));
  }
  // MLflow runs what is no entry point as a script, and takes what follows a `#` for a folder below.
  if (!isInWorkspace(folder) || folder.includes('#')) {
    return false;
  }
  try {
    const place = vscode.Uri.file(folder);
    const name = await projectFileName(new FolderFiles(vscode.Uri.joinPath(place, 'MLproject')));
    const { entryPoints } = await readLocalProject(vscode.Uri.joinPath(place, name ?? 'MLproject'));
    return entryPoints.some((each) => each.name === program.entryPoint);
  } catch {
    return false;
  }
}

function whatRuns(program: LaunchProgram, folder: string | undefined): string {
  return program.kind === 'script'
    ? vscode.l10n.t(
        'It runs {0}, which is no script of this workspace.',
        plainLabel(
          isPlainScript(program.file) ? resolve(folder ?? '', program.file) : program.file,
        ),
      )
    : vscode.l10n.t(
        'It runs {0} of {1}, which no project of this workspace declares.',
        plainLabel(program.entryPoint),
        plainLabel(folder ?? withoutUserInfo(program.uri)),
      );
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

async function pickFolder(was: string, needed: string): Promise<SweepFolder | undefined> {
  const [chosen] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      title: vscode.l10n.t('Where is {0} on this machine?', was),
      openLabel: vscode.l10n.t('Resume Sweep'),
    })) ?? [];
  if (chosen !== undefined && !(await isThere(join(chosen.fsPath, needed)))) {
    throw new SaidError(vscode.l10n.t('There is no {0} in {1}.', needed, chosen.fsPath));
  }
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
