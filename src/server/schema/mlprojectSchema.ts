import * as l10n from '@vscode/l10n';
import type { Keys, ValueSchema } from './keySchema';

/** The keys of each mapping of an MLproject file; whatever else is there, MLflow ignores (`mlflow/projects/_project_spec.py`). */
export const rootKeys: Keys = [
  {
    key: 'name',
    snippet: ' $0',
    describe: () =>
      l10n.t('The name of the project. MLflow needs it only with `docker_env`, to name the image.'),
  },
  {
    key: 'python_env',
    snippet: ' ${1:python_env.yaml}',
    describe: () =>
      l10n.t(
        'A file beside this one that lists the Python version and packages for virtualenv or uv. A project has at most one environment; without any, MLflow looks for `python_env.yaml`, then `conda.yaml`.',
      ),
  },
  {
    key: 'conda_env',
    snippet: ' ${1:conda.yaml}',
    describe: () =>
      l10n.t(
        'A conda environment file beside this one. With virtualenv or uv, MLflow takes only its Python version and its pip packages.',
      ),
  },
  {
    key: 'docker_env',
    snippet: '\n  image: $0',
    describe: () =>
      l10n.t('The Docker image to run in. It needs `image` here and a `name` for the project.'),
  },
  {
    key: 'entry_points',
    snippet: '\n  ${1:main}:\n    command: "$0"',
    describe: () =>
      l10n.t(
        'The commands that can be run, by name. `mlflow run` runs `main` unless `-e` names another one.',
      ),
  },
  {
    key: 'databricks_spark_job',
    snippet: '\n  python_file: $0',
    describe: () =>
      l10n.t(
        'Runs the project as a Databricks Spark job. It needs either `python_file` here or `entry_points`, and goes with no environment.',
      ),
  },
];

export const dockerKeys: Keys = [
  {
    key: 'image',
    snippet: ' $0',
    describe: () => l10n.t('The Docker image to run in, such as `python:3.12-slim`.'),
  },
  {
    key: 'volumes',
    snippet: '\n  - "$0"',
    describe: () =>
      l10n.t('Folders to mount, as a list of texts such as `"/local/path:/container/path"`.'),
  },
  {
    key: 'environment',
    snippet: '\n  - $0',
    describe: () =>
      l10n.t(
        'Environment variables: a name copies the variable from this machine, a pair such as `["NAME", "value"]` sets a new one.',
      ),
  },
];

export const sparkJobKeys: Keys = [
  {
    key: 'python_file',
    snippet: ' $0',
    describe: () => l10n.t('The Python file to run, instead of entry points.'),
  },
  {
    key: 'parameters',
    snippet: '\n  - $0',
    describe: () => l10n.t('Arguments for the Python file, as a list.'),
  },
  {
    key: 'python_libraries',
    snippet: '\n  - $0',
    describe: () => l10n.t('Python packages that the job needs, as a list.'),
  },
];

export const entryPointKeys: Keys = [
  {
    key: 'parameters',
    snippet: '\n  $0',
    describe: () =>
      l10n.t(
        'The parameters of the command, each with a type, or with `type` and `default`. One without a default has to be given: `mlflow run . -P name=value`.',
      ),
  },
  {
    key: 'command',
    snippet: ' "$0"',
    describe: () =>
      l10n.t(
        'What the shell runs. `{name}` stands for a parameter; write `{{` and `}}` for braces. Parameters that are given but not declared are put at the end, as `--name value`.',
      ),
  },
];

export const parameterTypes: readonly ValueSchema[] = [
  {
    value: 'string',
    describe: () => l10n.t('Any text. This is the type where none is written.'),
  },
  {
    value: 'float',
    describe: () => l10n.t('A number. MLflow itself does not check it.'),
  },
  {
    value: 'int',
    describe: () => l10n.t('A whole number. MLflow itself does not check it.'),
  },
  {
    value: 'path',
    describe: () =>
      l10n.t(
        'A file or folder that exists; the command gets its absolute path. What is elsewhere, such as `s3://…`, is downloaded first.',
      ),
  },
  {
    value: 'uri',
    describe: () => l10n.t('An address with a scheme, such as `s3://…` or `file:///…`.'),
  },
];

export const parameterKeys: Keys = [
  {
    key: 'type',
    snippet: ' $0',
    values: parameterTypes,
    describe: () => l10n.t('The type of the parameter; `string` where it is left out.'),
  },
  {
    key: 'default',
    snippet: ' $0',
    describe: () =>
      l10n.t('The value that is used when none is given. Without it, the parameter is required.'),
  },
];
