import { access, readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative } from 'node:path';

import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import type { Run } from '../mlflow/model';
import { tagValue } from '../mlflow/runFacts';
import { withoutUserInfo } from '../mlflow/signIn';
import type { EnvironmentManager, LaunchProgram } from '../projects/launchContracts';
import type { ProjectEntryPoint } from '../projects/plan/projectText';
import { changingOf, workspaceFolder } from './entryPoints';
import { entryPointOf } from './findRun';
import { isGitUri } from './gitUri';
import { isInWorkspace } from './isInWorkspace';
import { givenText } from './loggedValue';
import { isPlainName } from './plainName';
import { machineParts } from './machine';
import { checkEntryPoint, entryPointNamed, projectFiles, readLocalProject } from './projectFile';
import type { WantedRun } from './projectRuns';

/** Where a project lies now. */
interface Source {
  readonly program: Extract<LaunchProgram, { kind: 'project' }>;
  readonly folder: string | undefined;
  readonly entryPoint: ProjectEntryPoint | undefined;
}

/**
 * What made a run, to be run once more with the same parameters in the same experiment. Of a project's parameters those count that
 * it declares now: scripts log params of their own into the same run. Rejects, saying why, where the project is not there.
 */
export async function wantedAgain(run: Run, connection: string): Promise<WantedRun> {
  const name = entryPointOf(run);
  if (name === undefined) {
    throw new SaidError(
      vscode.l10n.t('Run {0} did not come from a project, so it cannot be run again.', run.name),
    );
  }
  if (/^(?:[\\/]|[a-z]:)|(?:^|[\\/])\.\.(?:[\\/]|$)/i.test(name)) {
    throw new SaidError(
      vscode.l10n.t('Run {0} names an entry point outside of its project: {1}', run.name, name),
    );
  }
  const { program, folder, entryPoint } = await sourceOf(run, name);
  const declared = entryPoint?.parameters;
  const parameters = run.params
    .filter(({ key }) => declared?.some((one) => one.name === key) ?? isPlainName(key))
    .map(({ key, value }) => [key, givenText(value)] as const);
  return {
    command: {
      ...{ program, parameters, runId: undefined, backend: undefined },
      experimentId: run.experimentId,
      environmentManager: managerOf(run),
      ...machineParts(folder),
    },
    connection,
    changing: entryPoint === undefined ? new Set() : changingOf(entryPoint),
    folder: folder ?? workspaceFolder(),
  };
}

/** MLflow notes every manager but `local`. */
function managerOf({ tags }: Run): EnvironmentManager {
  const noted = tagValue(tags, 'mlflow.project.env');
  return (['virtualenv', 'uv', 'conda'] as const).find((each) => each === noted) ?? 'local';
}

async function sourceOf(run: Run, name: string): Promise<Source> {
  // A sign-in that somebody put there is neither used nor shown.
  const source = withoutUserInfo(tagValue(run.tags, 'mlflow.source.name') ?? '').replace(
    /^file:\/\//,
    '',
  );
  const [place = '', below = ''] = source.split('#');
  const local = isGitUri(source)
    ? await workingCopy(place, below)
    : await localFolder(place, below);
  if (local !== undefined) {
    return fromFolder(local, name);
  }
  if (!isGitUri(source)) {
    throw new SaidError(
      vscode.l10n.t('The project of this run, {0}, is not on this machine.', source || '?'),
    );
  }
  const commit = tagValue(run.tags, 'mlflow.source.git.commit') ?? '';
  const version = /^[0-9a-f]{7,64}$/.test(commit) ? commit : undefined;
  return {
    program: { kind: 'project', uri: source, version, entryPoint: name },
    folder: undefined,
    entryPoint: undefined,
  };
}

/** Undefined for what the server cannot name here: a relative path, or a share whose host would be told who this user is. */
async function localFolder(place: string, below: string): Promise<string | undefined> {
  const folder = join(place, below);
  const isShare = [place, folder].some((each) => /^[\\/]{2}/.test(each));
  return isAbsolute(place) && (!isShare || isInWorkspace(folder)) ? existing(folder) : undefined;
}

async function fromFolder(folder: string, name: string): Promise<Source> {
  const program = { kind: 'project', uri: folder, version: undefined, entryPoint: name } as const;
  const file = await mlprojectIn(folder);
  const project = file === undefined ? undefined : await readLocalProject(vscode.Uri.file(file));
  const isScript = /\.(?:py|sh)$/.test(name) && (await existing(join(folder, name))) !== undefined;
  const entryPoint = project && !isScript ? entryPointNamed(project, name) : undefined;
  if (entryPoint !== undefined) {
    checkEntryPoint(entryPoint);
  }
  return { program, folder, entryPoint };
}

async function mlprojectIn(folder: string): Promise<string | undefined> {
  for (const name of ['MLproject', 'mlproject', 'MLProject']) {
    const found = await existing(join(folder, name));
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** A project of the workspace in a clone of this repository, at this place in it: what was run from here is run from here again. */
async function workingCopy(repository: string, below: string): Promise<string | undefined> {
  for (const file of await projectFiles()) {
    const folder = dirname(file.fsPath);
    const clone = await cloneOf(folder);
    const place = clone && relative(clone.root, folder).replaceAll('\\', '/');
    if (clone?.urls.includes(repository) && place === below) {
      return folder;
    }
  }
  return undefined;
}

interface Clone {
  readonly root: string;
  /** Addresses of its remotes. */
  readonly urls: readonly string[];
}

async function cloneOf(folder: string): Promise<Clone | undefined> {
  for (let root = folder; ; root = dirname(root)) {
    try {
      const config = await readFile(join(root, '.git', 'config'), 'utf8');
      return {
        root,
        urls: [...config.matchAll(/^\s*url\s*=\s*(\S+)/gm)].map(([, url = '']) => url),
      };
    } catch {
      if (dirname(root) === root) {
        return undefined;
      }
    }
  }
}

async function existing(path: string): Promise<string | undefined> {
  try {
    await access(path);
    return path;
  } catch {
    return undefined;
  }
}
