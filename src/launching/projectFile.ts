import { basename, dirname } from 'node:path';

import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import { parseProject } from '../server/service/projectDocument';
import { pythonText } from '../server/service/python/pythonText';

/** A parameter as an MLproject declares it. */
export interface ProjectParameter {
  readonly name: string;
  /** As it is written: MLflow acts on `path` and `uri` alone. */
  readonly type: string;
  /** As MLflow would hand it over; without one, a value has to be given. */
  readonly defaultText: string | undefined;
}

export interface ProjectEntryPoint {
  readonly name: string;
  readonly parameters: readonly ProjectParameter[];
}

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
  const { project, yaml } = parseProject(await textOf(file), file.toString());
  if (yaml.problem !== undefined) {
    throw new SaidError(
      vscode.l10n.t('MLflow cannot read {0}: {1}', basename(file.fsPath), yaml.problem.words),
    );
  }
  const folder = dirname(file.fsPath);
  return {
    folder,
    name: basename(folder),
    entryPoints: project.entryPoints
      .filter(({ command }) => command !== undefined)
      .map(({ name, parameters }) => ({
        name,
        parameters: parameters.map(({ name, type, defaultValue }) => ({
          name,
          type: type ?? 'string',
          defaultText: defaultValue && (pythonText(defaultValue) ?? ''),
        })),
      })),
  };
}

async function textOf(file: vscode.Uri): Promise<string> {
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
