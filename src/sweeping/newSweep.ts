import { randomInt } from 'node:crypto';

import * as vscode from 'vscode';

import { needBackend } from '../backends/explainBackend';
import { SaidError } from '../host/explainError';
import { launchSettings, mostAtOnce } from '../host/launchSettings';
import { connected } from '../launching/entryPoints';
import { chooseExperiment, startExperiment } from '../launching/experimentOf';
import { valuesOf, type LaunchForm } from '../launching/launchForm';
import type { LaunchingHost } from '../launching/launchingHost';
import { machineParts, projectName } from '../launching/machine';
import type { LaunchBackend } from '../projects/launchContracts';
import { wholePlan, type SweepMachine, type SweepRequest } from '../projects/sweepContracts';
import type { Session } from '../state/session';
import { chooseRunnable } from './runnable';
import { chosenBackend, rememberBackend } from './sweepBackend';
import { readSweepFile, type SweepFile } from './sweepFile';
import { askSweep, declaredBy, type SweepForm } from './sweepForm';

/** A sweep that a person wants, on a session. */
export interface WantedSweep {
  readonly session: Session;
  readonly file: vscode.Uri;
  readonly request: SweepRequest;
}

/** What was launched last of a sweep file. */
interface Remembered {
  readonly values: readonly (readonly [string, string])[];
  readonly experimentId: string;
  readonly connection: string;
  readonly environmentManager: LaunchForm['environmentManager'];
  readonly runnable: string;
  readonly backend?: LaunchBackend | undefined;
}

/** Seeds that nobody chose are short enough to be read out. */
const usualSeeds = 1_000_000;

/** Asks what a sweep file is to do; resolves to nothing when it was left. */
export async function askNewSweep(
  { sessions, memory }: LaunchingHost,
  uri: vscode.Uri,
): Promise<WantedSweep | undefined> {
  const file = await readSweepFile(uri);
  const key = `mlflow.sweep:${uri.fsPath}`;
  const last = memory.get(key) as Remembered | undefined;
  const runnable = await chooseRunnable(file, last?.runnable);
  if (runnable === undefined) {
    return undefined;
  }
  const session = await connected(await sessions.ensure(), sessions.active);
  const isSame = session !== undefined && last?.connection === session.id;
  const experiment = session && startExperiment(session, isSame ? last.experimentId : undefined);
  if (session === undefined || experiment === undefined) {
    throw new SaidError(
      vscode.l10n.t('No tracking server is connected. Set a tracking URI first.'),
    );
  }
  const form = await askSweep(
    {
      ...declaredBy(runnable, file),
      ...{ file, experiment, choice: wholePlan },
      title: titleOf(file),
      values: new Map((last?.values ?? []).filter(([name]) => !isSwept(file, name))),
      environmentManager:
        last?.environmentManager ?? launchSettings.environmentManager(runnable.folder),
      backend: chosenBackend(file.sweep.backend, last?.backend, memory),
      seed: file.sweep.seed ?? randomInt(usualSeeds),
      metric: file.sweep.metric,
      parallelism: Math.min(
        mostAtOnce,
        file.sweep.parallelism ?? launchSettings.parallelism(runnable.folder),
      ),
    },
    { pickExperiment: async () => chooseExperiment(session) },
  );
  if (form?.experiment === undefined) {
    return undefined;
  }
  const remembered: Remembered = {
    ...{ values: valuesOf(form), experimentId: form.experiment.id, connection: session.id },
    environmentManager: form.environmentManager,
    ...{ runnable: form.runnable.label, backend: form.backend },
  };
  await needBackend(form.backend, {
    ...{ folder: form.runnable.folder, trackingUri: undefined, isSweep: true },
  });
  await rememberBackend(form.backend, memory);
  await memory.update(key, remembered);
  return { session, file: uri, request: requestOf(form, form.experiment.id) };
}

function isSwept({ sweep }: SweepFile, name: string): boolean {
  return sweep.parameters.some((parameter) => parameter.name === name);
}

function titleOf({ name, project, folder }: SweepFile): string {
  return vscode.l10n.t('Sweep {0} of {1}', name, projectName(project?.folder ?? folder));
}

function requestOf(form: SweepForm, experimentId: string): SweepRequest {
  const { file, runnable, choice, seed, metric, parallelism, environmentManager, backend } = form;
  const { program, folder } = runnable;
  return {
    ...{ experimentId, choice, seed, program, metric },
    ...{ name: undefined, fileName: file.name, text: file.text },
    fixedParameters: valuesOf(form),
    machine: {
      ...machineFor(program.kind, folder, environmentManager, parallelism),
      backend,
    },
  };
}

/** What this machine brings to a sweep; further arguments are those of `mlflow run`, which no script knows. */
export function machineFor(
  kind: SweepRequest['program']['kind'],
  folder: string | undefined,
  environmentManager: SweepMachine['environmentManager'],
  parallelism: number,
): SweepMachine {
  const { environment, extraArguments } = machineParts(folder);
  return {
    ...{ folder, environmentManager, parallelism, environment, backend: undefined },
    extraArguments: kind === 'script' ? [] : extraArguments,
  };
}
