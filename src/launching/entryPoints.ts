import { dirname } from 'node:path';

import * as vscode from 'vscode';

import { launchSettings } from '../host/launchSettings';
import { SaidError } from '../host/explainError';
import { plainLabel } from '../mlflow/plainLabel';
import type { EnvironmentManager, LaunchBackend, LaunchProgram } from '../projects/launchContracts';
import type { ProjectEntryPoint } from '../projects/plan/projectText';
import type { Session } from '../state/session';
import { chooseExperiment, startExperiment } from './experimentOf';
import { isGitUri } from './gitUri';
import { askLaunch, valuesOf } from './launchForm';
import type { LaunchingHost } from './launchingHost';
import { machineParts, projectName } from './machine';
import { checkEntryPoint, entryPointNamed, projectFiles, readLocalProject } from './projectFile';
import type { WantedRun } from './projectRuns';

/** What a command was called on. */
export interface AskedEntryPoint {
  /** An MLproject file. */
  readonly file: vscode.Uri | undefined;
  readonly entryPoint: string | undefined;
}

/** What is chosen before the form is shown. */
interface Chosen {
  readonly program: Extract<LaunchProgram, { kind: 'project' }>;
  /** Of this machine; undefined for a Git URI. */
  readonly folder: string | undefined;
  readonly entryPoint: ProjectEntryPoint;
}

/** What was launched last of an entry point. */
interface Remembered {
  readonly values: readonly (readonly [string, string])[];
  readonly experimentId: string | undefined;
  readonly connection: string | undefined;
  readonly environmentManager: EnvironmentManager | undefined;
  readonly backend?: LaunchBackend | undefined;
}

/** Asks what is to be run, and how; resolves to nothing when it was left. */
export async function askEntryPoint(
  { sessions, memory }: LaunchingHost,
  asked: AskedEntryPoint,
): Promise<WantedRun | undefined> {
  const chosen = await choose(asked);
  if (chosen === undefined) {
    return undefined;
  }
  const { program, folder, entryPoint } = chosen;
  const key = `mlflow.launch:${program.uri}#${program.entryPoint}`;
  const last = memory.get(key) as Remembered | undefined;
  const session = await connected(await sessions.ensure(), sessions.active);
  const declared = new Set(entryPoint.parameters.map(({ name }) => name));
  const isGit = folder === undefined;
  const form = await askLaunch(
    {
      title: vscode.l10n.t('Run {0} of {1}', program.entryPoint, projectName(program.uri)),
      folder,
      declared: entryPoint.parameters,
      values: new Map((last?.values ?? []).filter(([name]) => isGit || declared.has(name))),
      experiment:
        session &&
        startExperiment(session, last?.connection === session.id ? last.experimentId : undefined),
      environmentManager: last?.environmentManager ?? launchSettings.environmentManager(folder),
      backend: last?.backend,
    },
    {
      pickExperiment: async () => session && chooseExperiment(session),
    },
  );
  if (form === undefined) {
    return undefined;
  }
  const remembered: Remembered = {
    values: valuesOf(form),
    experimentId: form.experiment?.id,
    connection: session?.id,
    environmentManager: form.environmentManager,
    backend: form.backend,
  };
  await memory.update(key, remembered);
  return {
    command: {
      ...{ program, parameters: valuesOf(form), runId: undefined, backend: form.backend },
      experimentId: form.experiment?.id ?? '',
      environmentManager: form.environmentManager,
      ...machineParts(folder),
    },
    connection: session?.id,
    changing: changingOf(entryPoint),
    folder: folder ?? workspaceFolder(),
  };
}

/** MLflow logs the absolute path in place of what was given. */
export function changingOf({ parameters }: ProjectEntryPoint): ReadonlySet<string> {
  return new Set(parameters.filter(({ type }) => type === 'path').map(({ name }) => name));
}

export function workspaceFolder(): string | undefined {
  return vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri.fsPath;
}

/** The session where runs are to be logged, opened; a failure to open it is thrown, none at all is fine. */
export async function connected(
  all: readonly Session[],
  active: Session | undefined,
): Promise<Session | undefined> {
  const status = all.length === 0 ? undefined : await active?.connection.ensure();
  if (status?.kind === 'failed') {
    throw status.error;
  }
  if (status?.kind !== 'ready') {
    return undefined;
  }
  await active?.experiments?.list.ensure();
  return active;
}

async function choose({ file, entryPoint }: AskedEntryPoint): Promise<Chosen | undefined> {
  const picked = file ?? (await pickProject());
  return picked === undefined
    ? undefined
    : picked === 'git'
      ? askGit()
      : chooseEntryPoint(picked, entryPoint);
}

async function chooseEntryPoint(
  file: vscode.Uri,
  wanted: string | undefined,
): Promise<Chosen | undefined> {
  const project = await readLocalProject(file);
  const { entryPoints, folder } = project;
  if (entryPoints.length === 0) {
    throw new SaidError(
      vscode.l10n.t('{0} has no entry points. Add one below entry_points.', file.fsPath),
    );
  }
  const picked =
    wanted !== undefined
      ? entryPointNamed(project, wanted)
      : entryPoints.length === 1
        ? entryPoints[0]
        : await pickEntryPoint(entryPoints);
  if (picked === undefined) {
    return undefined;
  }
  checkEntryPoint(picked);
  return {
    program: { kind: 'project', uri: folder, version: undefined, entryPoint: picked.name },
    folder,
    entryPoint: picked,
  };
}

async function pickEntryPoint(
  entryPoints: readonly ProjectEntryPoint[],
): Promise<ProjectEntryPoint | undefined> {
  const items = entryPoints.map((entryPoint) => ({
    label: plainLabel(entryPoint.name),
    description: entryPoint.parameters.map(({ name }) => name).join(', '),
    entryPoint,
  }));
  const title = vscode.l10n.t('Entry Point to Run');
  return (await vscode.window.showQuickPick(items, { title }))?.entryPoint;
}

async function pickProject(): Promise<vscode.Uri | 'git' | undefined> {
  const files = await projectFiles();
  const items = [
    ...files.map((file) => ({
      label: plainLabel(projectName(dirname(file.fsPath))),
      iconPath: new vscode.ThemeIcon('folder'),
      description: vscode.workspace.asRelativePath(file),
      what: file,
    })),
    {
      label: vscode.l10n.t('A Git Repository…'),
      iconPath: new vscode.ThemeIcon('repo'),
      what: 'git' as const,
    },
  ];
  const title = vscode.l10n.t('Project to Run');
  return (await vscode.window.showQuickPick(items, { title }))?.what;
}

/** What a repository declares is known to MLflow only once it has fetched it. */
async function askGit(): Promise<Chosen | undefined> {
  const uri = await ask(
    vscode.l10n.t('Git URI of the Project'),
    vscode.l10n.t('As git clones it, with #folder behind it where the project is not at the root'),
    (text) =>
      isGitUri(text)
        ? undefined
        : vscode.l10n.t(
            'This is no Git URI, such as https://host/project.git or git@host:project.git.',
          ),
  );
  if (uri === undefined) {
    return undefined;
  }
  const version = await ask(
    vscode.l10n.t('Version of the Project'),
    vscode.l10n.t('Branch, tag or commit; empty for the default branch'),
  );
  const entryPoint =
    version === undefined
      ? undefined
      : await ask(vscode.l10n.t('Entry Point to Run'), vscode.l10n.t('Empty for main'));
  return entryPoint === undefined
    ? undefined
    : {
        program: {
          kind: 'project',
          uri,
          version: version === '' ? undefined : version,
          entryPoint: entryPoint === '' ? 'main' : entryPoint,
        },
        folder: undefined,
        entryPoint: { name: entryPoint, parameters: [], problem: undefined },
      };
}

async function ask(
  title: string,
  prompt: string,
  check: (text: string) => string | undefined = () => undefined,
): Promise<string | undefined> {
  const text = await vscode.window.showInputBox({
    ...{ title, prompt, ignoreFocusOut: true },
    validateInput: (value) => check(value.trim()),
  });
  return text?.trim();
}
