import { tmpdir } from 'node:os';

import { findMlflow } from '../host/pythonEnvironment';
import { launchSettings } from '../host/launchSettings';
import type { ClientVariables } from '../mlflow/clientVariables';
import type { CommandLine, ProjectCommand } from '../projects/launchContracts';
import { commandLine, type LaunchPlace } from '../terminal/commandLine';
import { withoutUserInfo } from '../mlflow/signIn';

/** Without a server, MLflow goes by its own rules. */
const noVariables: ClientVariables = { set: {}, unset: [] };

/** Makes a process of what is to run: finds the Python that has MLflow. Rejects, saying what to do, where there is none. */
export async function lineFor(
  command: ProjectCommand,
  variables: ClientVariables | undefined,
  folder: string | undefined,
  signal: AbortSignal,
): Promise<CommandLine> {
  const place: LaunchPlace = {
    python: await findMlflow(signal),
    platform: process.platform === 'win32' ? 'windows' : 'posix',
    path: process.env['PATH'] ?? '',
    folder: folder ?? tmpdir(),
    variables: variables ?? noVariables,
  };
  return commandLine(command, place);
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
