import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ensurePython, type PythonEnvironmentName } from '../../scripts/pythonEnvironment.mts';
import { runCommand } from '../../scripts/runCommand.mts';
import type { EnvironmentCase } from './environmentCases';

/** Why MLflow does not take an environment file; null where it does. */
export type EnvironmentAnswer = { readonly error: string; readonly message: string } | null;

/** Puts environment files through MLflow itself. */
export async function askEnvironments(
  version: PythonEnvironmentName,
  cases: readonly EnvironmentCase[],
): Promise<readonly EnvironmentAnswer[]> {
  const python = await ensurePython(version);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'environments-'));
  const asked = path.join(folder, 'cases.json');
  const answered = path.join(folder, 'answers.json');
  try {
    await writeFile(asked, JSON.stringify(cases));
    await runCommand(python, [path.resolve('test/support/environmentOracle.py'), asked, answered]);
    return JSON.parse(await readFile(answered, 'utf8')) as EnvironmentAnswer[];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What MLflow answers, by the case's title; the releases do not differ. */
export const recordedEnvironments = 'test/fixtures/environments.json';
