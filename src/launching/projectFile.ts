import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';

import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import type { ProjectEntryPoint } from '../projects/plan/projectText';
import type { FileKind } from '../protocol/language';

/** A project in a folder of this machine. */
export interface LocalProject {
  readonly folder: string;
  /** What it is called in titles. */
  readonly name: string;
  readonly entryPoints: readonly ProjectEntryPoint[];
}

const pattern = '**/[Mm][Ll][Pp][Rr][Oo][Jj][Ee][Cc][Tt]';
const skipped = '**/{node_modules,.venv,venv,mlruns,mlartifacts,site-packages}/**';
const mostProjects = 500;

/** The MLproject files of the workspace. */
export async function projectFiles(): Promise<readonly vscode.Uri[]> {
  const found = await vscode.workspace.findFiles(pattern, skipped, mostProjects);
  return [...found].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Reads a project as MLflow would, unsaved changes included: VS Code saves them before it starts a task. */
export async function readLocalProject(file: vscode.Uri): Promise<LocalProject> {
  if (file.scheme !== 'file') {
    throw new SaidError(
      vscode.l10n.t('Projects are run from folders of this machine; {0} is none.', file.path),
    );
  }
  const folder = dirname(file.fsPath);
  const { readProjectText } = await import('../projects/plan/projectTexts');
  const { problem, entryPoints } = await readProjectText(await textOf(file), {
    uri: file.toString(),
    kindOf: (path) => kindOf(resolve(folder, path)),
    texts: vscode.l10n.bundle,
  });
  if (problem !== undefined) {
    throw new SaidError(
      vscode.l10n.t('MLflow cannot read {0}: {1}', basename(file.fsPath), problem),
    );
  }
  return { folder, name: basename(folder), entryPoints };
}

/** An entry point by its name; throws, saying so, where the project has it no more. */
export function entryPointNamed(
  { entryPoints, folder }: LocalProject,
  name: string,
): ProjectEntryPoint {
  const found = entryPoints.find((one) => one.name === name);
  if (found === undefined) {
    throw new SaidError(vscode.l10n.t('The project in {0} has no entry point {1}.', folder, name));
  }
  return found;
}

/** Throws, saying why, where MLflow would not run an entry point whatever it is given. */
export function checkEntryPoint({ name, problem }: ProjectEntryPoint): void {
  if (problem !== undefined) {
    throw new SaidError(vscode.l10n.t('MLflow cannot run {0}: {1}', name, problem));
  }
}

async function kindOf(path: string): Promise<FileKind> {
  try {
    const found = await stat(path);
    return found.isDirectory() ? 'folder' : found.isFile() ? 'file' : 'unknown';
  } catch {
    return 'missing';
  }
}

/** Unsaved changes included. */
export async function textOf(file: vscode.Uri): Promise<string> {
  const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === file.toString());
  if (open !== undefined) {
    return open.getText();
  }
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch (error) {
    throw new SaidError(vscode.l10n.t('{0} cannot be read.', file.fsPath), { cause: error });
  }
}
