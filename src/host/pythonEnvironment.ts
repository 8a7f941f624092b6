import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';

import * as vscode from 'vscode';

import { MlflowError } from '../mlflow/errors';
import { SaidError } from './explainError';
import { currentSettings } from './settings';

const questionLimit = 10_000;
/** The first major version whose `mlflow run` takes what it is given. */
const oldestMlflow = 2;
/** Reading the version this way takes 0.04 s; importing MLflow would take more than a second. */
const question = (name: string): string =>
  `import importlib.metadata as m; print(m.version("${name}"))`;

/**
 * A Python that has MLflow: the setting, the Python extension's choice, a `.venv` in the folder,
 * then `PATH`. Rejects with `unsupported/ownedServer`, saying what to install, when there is none, and
 * with an `AbortError` once `signal` fires.
 */
export async function findPythonWithMlflow(signal: AbortSignal): Promise<string> {
  const python = await findPythonWith('mlflow', signal);
  if (python !== undefined) {
    return python;
  }
  const setting = currentSettings.interpreter();
  throw new MlflowError('unsupported', 'ownedServer', {
    serverMessage:
      setting === ''
        ? vscode.l10n.t(
            'An MLflow server is needed for this store, and no Python with MLflow was found. Run "pip install mlflow" in your environment, or name its Python in the setting mlflow.interpreter.',
          )
        : vscode.l10n.t(
            'The Python in the setting mlflow.interpreter ({0}) has no MLflow. Run "pip install mlflow" in it, or choose another.',
            setting,
          ),
  });
}

/**
 * The same for what is launched: the interpreter by its own path, so that its folder can go first on `PATH`. Rejects, saying what
 * to do, when there is none.
 */
export async function findMlflow(signal: AbortSignal): Promise<string> {
  const { python, version } = (await found('mlflow', signal)) ?? {};
  if (version !== undefined && Number.parseInt(version, 10) < oldestMlflow) {
    throw new SaidError(
      vscode.l10n.t(
        'The Python that was found ({0}) has MLflow {1}, which is too old: it takes {2} or newer. Run "pip install --upgrade mlflow" in it, or name another one in the setting mlflow.interpreter.',
        ...[python ?? '', version, String(oldestMlflow)],
      ),
    );
  }
  if (python !== undefined) {
    return isAbsolute(python) ? python : pathOf(python, signal);
  }
  const setting = currentSettings.interpreter();
  throw new SaidError(
    setting === ''
      ? vscode.l10n.t(
          'No Python with MLflow was found to launch it. Run "pip install mlflow" in your environment, or name its Python in the setting mlflow.interpreter.',
        )
      : vscode.l10n.t(
          'The Python in the setting mlflow.interpreter ({0}) has no MLflow, or does not run. Run "pip install mlflow" in it, or choose another.',
          setting,
        ),
  );
}

/** The same for another package of Python; `undefined` when none has it. */
export async function findPythonWith(
  name: 'mlflow' | 'tensorboard',
  signal: AbortSignal,
): Promise<string | undefined> {
  return (await found(name, signal))?.python;
}

async function found(
  name: 'mlflow' | 'tensorboard',
  signal: AbortSignal,
): Promise<{ readonly python: string; readonly version: string } | undefined> {
  const setting = currentSettings.interpreter();
  const candidates = setting === '' ? await usualCandidates() : [setting];
  for (const python of candidates) {
    const version = await versionOf(name, python, signal);
    signal.throwIfAborted();
    if (version !== undefined) {
      return { python, version };
    }
  }
  return undefined;
}

async function usualCandidates(): Promise<readonly string[]> {
  const chosen = await chosenInPythonExtension();
  const local = (vscode.workspace.workspaceFolders ?? []).flatMap(({ uri }) =>
    ['.venv', 'venv'].map((name) => pythonIn(join(uri.fsPath, name))),
  );
  const present = await Promise.all(
    local.map((path) =>
      access(path).then(
        () => path,
        () => undefined,
      ),
    ),
  );
  return [chosen, ...present, 'python3', 'python'].filter((path) => path !== undefined);
}

function pythonIn(environment: string): string {
  return process.platform === 'win32'
    ? join(environment, 'Scripts', 'python.exe')
    : join(environment, 'bin', 'python');
}

/** What the Python extension has chosen for the workspace, by its published API. */
async function chosenInPythonExtension(): Promise<string | undefined> {
  const extension = vscode.extensions.getExtension<unknown>('ms-python.python');
  if (extension === undefined) {
    return undefined;
  }
  try {
    const api = (await extension.activate()) as {
      environments?: { getActiveEnvironmentPath?: () => { path?: unknown } };
    };
    const path = api.environments?.getActiveEnvironmentPath?.().path;
    return typeof path === 'string' ? path : undefined;
  } catch {
    return undefined;
  }
}

function versionOf(name: string, python: string, signal: AbortSignal): Promise<string | undefined> {
  return answerOf(python, question(name), signal);
}

/** Where an interpreter lies that is found by `PATH`. */
async function pathOf(python: string, signal: AbortSignal): Promise<string> {
  return (await answerOf(python, 'import sys; print(sys.executable)', signal)) || python;
}

function answerOf(
  python: string,
  source: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(python, ['-c', source], { timeout: questionLimit, signal }, (error, stdout) => {
      resolve(error === null ? stdout.trim() : undefined);
    });
  });
}
