import type { LaunchProgram, ProjectCommand } from '../../projects/launchContracts';
import { commandLine } from '../../terminal/commandLine';
import { RayProblem } from './rayProblem';
import { loader } from './rayVariables';

/** Bytes; Linux takes no argument of 128 KB or more, and the whole command is one argument of `sh -c`. */
const longest = 128 * 1024 - 512;

export interface EntrypointPlace {
  /** Of the cluster. */
  readonly python: string;
  /** What the program is called on the cluster, where the working directory is the current one. */
  readonly program: LaunchProgram;
  /** Whether there are variables to unpack. */
  readonly isPacked: boolean;
}

/** What Ray hands to `sh -c`. Throws a {@link RayProblem}. */
export function rayEntrypoint(command: ProjectCommand, place: EntrypointPlace): string {
  const { python, program, isPacked } = place;
  const { args } = commandLine(
    { ...command, program, backend: undefined },
    { python, platform: 'posix', path: '', folder: '/', variables: { set: {}, unset: [] } },
  );
  const words = [...(isPacked ? [python, '-c', loader] : []), python, ...args];
  // `python` in a project's command has to be the Python that was chosen.
  const bin = /^(.+)\/[^/]+$/.exec(python)?.[1];
  const path = bin === undefined ? '' : `PATH=${quoted(bin)}:"$PATH" `;
  const text = `${path}exec ${words.map(quoted).join(' ')}`;
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > longest) throw new RayProblem('tooLong', String(Math.ceil(bytes / 1024)));
  return text;
}

/** A word for a POSIX shell; any text without NUL stays what it is. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`;
}

/** What MLflow tells a script about the run that is meant. */
export function scriptVariables({ program, runId, experimentId }: ProjectCommand): {
  [name: string]: string;
} {
  if (program.kind !== 'script') return {};
  return {
    ...(experimentId !== '' && { MLFLOW_EXPERIMENT_ID: experimentId }),
    ...(runId !== undefined && { MLFLOW_RUN_ID: runId }),
  };
}
