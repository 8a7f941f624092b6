import { tmpdir } from 'node:os';

import { findMlflow } from '../host/pythonEnvironment';
import { launchSettings } from '../host/launchSettings';
import type { ClientVariables } from '../mlflow/clientVariables';
import type { CommandLine, ProjectCommand } from '../projects/launchContracts';
import { commandLine, type LaunchPlace } from '../terminal/commandLine';
import { withoutUserInfo } from '../mlflow/signIn';
import { checkDatabases } from './checkDatabases';

/** Without a server, MLflow goes by its own rules. */
const noVariables: ClientVariables = { set: {}, unset: [] };

/** So long a Python that was found is taken to be as it was. */
const aheadLimit = 60_000;

/** Looks for a Python while a person is asked what is to run; what was found is given unless that took long. */
export function pythonAhead(): () => Promise<string> | undefined {
  const begun = Date.now();
  const python = findMlflow(new AbortController().signal);
  // Told to whoever calls for it.
  python.catch(() => undefined);
  return () => (Date.now() - begun < aheadLimit ? python : undefined);
}

/**
 * Makes a process of what is to run. Rejects, saying what to do, where there is no Python that has MLflow, or where that would
 * change a database for good.
 *
 * @param found a Python that was found just now
 */
export async function lineFor(
  command: ProjectCommand,
  variables: ClientVariables | undefined,
  folder: string | undefined,
  found: Promise<string> | undefined,
  signal: AbortSignal,
): Promise<CommandLine> {
  const place: LaunchPlace = {
    python: await (found ?? findMlflow(signal)),
    platform: process.platform === 'win32' ? 'windows' : 'posix',
    path: process.env['PATH'] ?? '',
    folder: folder ?? tmpdir(),
    variables: variables ?? noVariables,
  };
  const line = commandLine(command, place);
  await checkDatabases(line, signal);
  return line;
}

/** What a machine adds to every command. */
export function machineParts(
  folder: string | undefined,
): Pick<ProjectCommand, 'extraArguments' | 'environment'> {
  return {
    extraArguments: launchSettings.extraArguments(folder),
    environment: launchSettings.environment(folder),
  };
}

/** What a project is called in titles: the last word of its folder or address. */
export function projectName(uri: string): string {
  const plain = withoutUserInfo(uri).replace(/[\\/]+$/, '');
  const last = /[^\\/#:]+$/.exec(plain)?.[0] ?? plain;
  return last.replace(/\.git$/, '');
}
