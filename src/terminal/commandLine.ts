import type { ClientVariables } from '../mlflow/clientVariables';
import type { CommandLine, NamedText, ProjectCommand } from '../projects/launchContracts';

/** What the machine brings to a command. */
export interface LaunchPlace {
  /** Path of a Python that has MLflow. */
  readonly python: string;
  readonly platform: 'posix' | 'windows';
  /** `PATH` as it is. */
  readonly path: string;
  /** Where a project of a Git URI is started from; absolute. */
  readonly folder: string;
  /** How MLflow's client reaches the server and signs in to it. */
  readonly variables: ClientVariables;
}

/** MLflow takes these for arguments of `mlflow run`, and refuses them beside ours. */
const contradicting = ['MLFLOW_EXPERIMENT_NAME', 'MLFLOW_EXPERIMENT_ID', 'MLFLOW_RUN_ID'];

/**
 * What is to be run as a process. Every value stands in an argument as it is, and no shell reads it; what is secret, and where
 * the server is, goes by environment alone.
 */
export function commandLine(command: ProjectCommand, place: LaunchPlace): CommandLine {
  const { program } = command;
  const { set, unset } = place.variables;
  const own = program.kind === 'script' ? scriptVariables(command) : {};
  return {
    program: place.python,
    args: program.kind === 'script' ? scriptArguments(command) : projectArguments(command),
    env: {
      ...command.environment,
      ...set,
      ...own,
      ...pathWith(place, command.environment),
    },
    without: [...unset, ...(command.experimentId === '' ? [] : contradicting)].filter(
      (name) => !(name in own),
    ),
    cwd: program.kind === 'script' ? program.folder : startFolder(program.uri, place),
  };
}

/** What a model is served with. */
export interface ServeCommand {
  readonly modelUri: string;
  readonly host: string;
  readonly port: number;
  readonly environmentManager: ProjectCommand['environmentManager'];
  readonly extraArguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** `mlflow models serve`. */
export function serveLine(command: ServeCommand, place: LaunchPlace): CommandLine {
  const { set, unset } = place.variables;
  return {
    program: place.python,
    args: [
      ...['-m', 'mlflow', 'models', 'serve', '--model-uri', command.modelUri],
      ...['--host', command.host, '--port', String(command.port)],
      ...['--env-manager', command.environmentManager, ...command.extraArguments],
    ],
    env: { ...command.environment, ...set, ...pathWith(place, command.environment) },
    without: unset,
    cwd: place.folder,
  };
}

/** The options come first, so that what a person adds cannot be taken for the project. */
function projectArguments(command: ProjectCommand): readonly string[] {
  const { program, parameters, backend } = command;
  if (program.kind !== 'project') {
    return [];
  }
  return [
    ...['-m', 'mlflow', 'run', '--entry-point', program.entryPoint],
    ...(program.version === undefined ? [] : ['--version', program.version]),
    ...(command.experimentId === '' ? [] : ['--experiment-id', command.experimentId]),
    ...(command.runId === undefined ? [] : ['--run-id', command.runId]),
    ...['--env-manager', command.environmentManager],
    ...(backend === undefined ? [] : ['--backend', backend.name]),
    ...(backend?.configFile === undefined ? [] : ['--backend-config', backend.configFile]),
    ...parameters.flatMap(([name, value]) => ['-P', `${name}=${value}`]),
    ...command.extraArguments,
    '--',
    program.uri,
  ];
}

function scriptArguments(command: ProjectCommand): readonly string[] {
  const { program, parameters } = command;
  if (program.kind !== 'script') return [];
  // Python would take it for an option, and `-c` for code.
  const file = program.file.startsWith('-') ? `./${program.file}` : program.file;
  return [file, ...parameters.flatMap(scriptArgument), ...command.extraArguments];
}

/** Python's argparse takes a value that begins with a dash for an option, unless it is a number, and `-1e-3` is none to it. */
function scriptArgument([name, value]: NamedText): readonly string[] {
  return /^-(?!\d+$|\d*\.\d+$)/.test(value) ? [`--${name}=${value}`] : [`--${name}`, value];
}

/** What `mlflow run` tells a script (`mlflow.projects.utils.get_run_env_vars`). */
function scriptVariables({ runId, experimentId }: ProjectCommand): Record<string, string> {
  return {
    ...(experimentId !== '' && { MLFLOW_EXPERIMENT_ID: experimentId }),
    ...(runId !== undefined && { MLFLOW_RUN_ID: runId }),
  };
}

/** Relative defaults of `path` parameters count from where MLflow is started, so that is the project. */
function startFolder(uri: string, { folder, platform }: LaunchPlace): string {
  const [path = ''] = uri.split('#');
  const isFolder = platform === 'windows' ? /^[a-z]:[\\/]|^\\\\/i.test(path) : path.startsWith('/');
  if (!isFolder) {
    return folder;
  }
  const below = uri.slice(path.length + 1);
  return below === '' ? path : `${path}${platform === 'windows' ? '\\' : '/'}${below}`;
}

/** `python` in a project's command has to be the Python that was chosen. */
function pathWith(
  { python, platform, path }: LaunchPlace,
  environment: Readonly<Record<string, string>>,
): Record<string, string> {
  const bin = binOf(python, platform);
  const before = environment['PATH'] ?? path;
  if (bin === undefined) {
    return before === path ? {} : { PATH: before };
  }
  return { PATH: [bin, before].filter(Boolean).join(platform === 'windows' ? ';' : ':') };
}

/** The folder of an interpreter; undefined for one that is found by `PATH`. */
function binOf(python: string, platform: LaunchPlace['platform']): string | undefined {
  const cut = platform === 'windows' ? /^(.+)[\\/][^\\/]+$/ : /^(.+)\/[^/]+$/;
  const folder = cut.exec(python)?.[1];
  return folder === undefined || platform === 'posix'
    ? folder
    : // Commands of a Windows environment lie beside its Python, those of an installed one in `Scripts`.
      `${folder};${folder}\\Scripts`;
}

/** The command as a person would type it in a POSIX shell; what a terminal would obey stands there escaped. */
export function shownCommand({ program, args }: CommandLine): string {
  const isModule = args[0] === '-m';
  const words = isModule ? args.slice(1) : [program, ...args];
  return words.map(shownWord).join(' ');
}

function shownWord(word: string): string {
  const escaped = word.replace(
    /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const short = escaped.length > 200 ? `${escaped.slice(0, 200)}…` : escaped;
  return /^[\w@%+=:,./-]+$/.test(short) ? short : `'${short.replaceAll("'", `'\\''`)}'`;
}
