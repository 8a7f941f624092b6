import { relative, resolve } from 'node:path';

import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import { checkEntryPoint, type LocalProject } from '../launching/projectFile';
import { plainLabel } from '../mlflow/plainLabel';
import type { LaunchProgram } from '../projects/launchContracts';
import type { ProjectParameter } from '../projects/plan/projectText';
import type { SweepFile } from './sweepFile';

/** What a sweep runs. */
export interface Runnable {
  readonly program: LaunchProgram;
  readonly folder: string;
  /** What it is called in the form. */
  readonly label: string;
  /** What its entry point declares; a script says nothing. */
  readonly declared: readonly ProjectParameter[];
}

const skipped = '**/{node_modules,.venv,venv,site-packages,__pycache__}/**';
const mostScripts = 500;

/**
 * What the file names, else what was run last, else the only one there is, else what a person picks; nothing when that was left.
 * `isOther` says that a person wants to pick.
 */
export function chooseRunnable(
  file: SweepFile,
  last: string | undefined,
  isOther = false,
): Promise<Runnable | undefined> {
  return file.project === undefined
    ? chooseScript(file, last, isOther)
    : chooseEntryPoint(file, file.project, last, isOther);
}

/** Whether the file leaves the choice to a person, and there is one. */
export function canChoose({ project, sweep }: SweepFile): boolean {
  return project === undefined
    ? sweep.program === undefined
    : sweep.entryPoint === undefined && project.entryPoints.length > 1;
}

async function chooseEntryPoint(
  { sweep, uri }: SweepFile,
  { folder, entryPoints }: LocalProject,
  last: string | undefined,
  isOther: boolean,
): Promise<Runnable | undefined> {
  const runnable = (name: string, declared: readonly ProjectParameter[]): Runnable => ({
    program: { kind: 'project', uri: folder, version: undefined, entryPoint: name },
    ...{ folder, label: name, declared },
  });
  const known = (name: string | undefined): Runnable | undefined => {
    const found = entryPoints.find((each) => each.name === name);
    if (found === undefined) {
      return undefined;
    }
    checkEntryPoint(found);
    return runnable(found.name, found.parameters);
  };
  const named = sweep.entryPoint?.text;
  if (named !== undefined) {
    // MLflow runs what is no entry point as a script.
    return known(named) ?? runnable(named, []);
  }
  const [only, second] = entryPoints;
  if (only === undefined) {
    throw new SaidError(
      vscode.l10n.t('The MLproject of {0} has no entry point with a command.', uri.fsPath),
    );
  }
  const usual =
    known(last) ?? known('main') ?? (second === undefined ? known(only.name) : undefined);
  if (usual !== undefined && !isOther) {
    return usual;
  }
  const items = entryPoints.map(({ name, parameters }) => ({
    label: plainLabel(name),
    description: parameters.map((each) => each.name).join(', '),
    name,
  }));
  const title = vscode.l10n.t('Entry Point to Run');
  return known((await vscode.window.showQuickPick(items, { title }))?.name);
}

async function chooseScript(
  { sweep, folder, name }: SweepFile,
  last: string | undefined,
  isOther: boolean,
): Promise<Runnable | undefined> {
  const runnable = (file: string): Runnable => ({
    program: { kind: 'script', file, folder },
    ...{ folder, label: file, declared: [] },
  });
  if (sweep.program !== undefined) {
    return runnable(relative(folder, resolve(folder, sweep.program.text)));
  }
  const place = new vscode.RelativePattern(folder, '**/*.py');
  const found = await vscode.workspace.findFiles(place, skipped, mostScripts);
  const scripts = found.map((uri) => relative(folder, uri.fsPath)).toSorted();
  const [only, second] = scripts;
  if (only === undefined) {
    throw new SaidError(
      vscode.l10n.t(
        'There is neither an MLproject nor a Python script beside {0}. Name a script with the key "program".',
        name,
      ),
    );
  }
  const usual =
    scripts.find((script) => script === last) ?? (second === undefined ? only : undefined);
  if (usual !== undefined && !isOther) {
    return runnable(usual);
  }
  const items = scripts.map((script) => ({ label: plainLabel(script), script }));
  const title = vscode.l10n.t('Script to Run');
  const picked = await vscode.window.showQuickPick(items, { title });
  return picked && runnable(picked.script);
}
