import * as l10n from '@vscode/l10n';
import type { ProjectModel } from '../project/projectModel';
import { mapOf, namedEntries } from '../project/readProject';
import { pythonValue } from '../python/pythonValue';
import type { YamlEntry } from '../yaml/yamlTree';
import { placeOf } from './checkShape';
import { problemAt, type ProjectProblem } from './projectProblem';
import { noAttribute } from './pythonWords';

const kinds = {
  docker_env: 'docker',
  python_env: 'python',
  conda_env: 'conda',
} as const;

/** `databricks_spark_job`, which stands for itself: it goes with no environment. */
export function checkSparkJob(project: ProjectModel): ProjectProblem[] {
  const entry = project.keys.get('databricks_spark_job');
  if (entry === undefined || isNone(entry)) return [];
  const map = mapOf(entry.value);
  if (map === undefined) {
    const sentence = l10n.t('`databricks_spark_job` has to hold a `python_file`, or nothing.');
    const words = noAttribute(pythonValue(entry.value), 'get');
    return [problemAt('not-a-mapping', placeOf(entry), sentence, words)];
  }
  const keys = namedEntries(map);
  return [
    ...checkEntry(project, entry, keys.get('python_file')),
    ...checkTypes(keys),
    ...checkPaths(project),
    ...project.environments.map(({ key, entry: { key: place } }) =>
      problemAt(
        'spark-job-environment',
        place.span,
        l10n.t('A Databricks Spark job goes with no environment.'),
        `Databricks Spark job does not support setting ${kinds[key]} environment.`,
      ),
    ),
    ...(keys.has('python_file') ? [] : checkCommands(project)),
  ];
}

function checkEntry(
  { entryPoints, keys }: ProjectModel,
  job: YamlEntry,
  file: YamlEntry | undefined,
): ProjectProblem[] {
  const hasFile = file !== undefined && !isNone(file);
  const sentence = l10n.t('A Databricks Spark job needs either `python_file` or `entry_points`.');
  if (!hasFile && entryPoints.length === 0) {
    const words =
      "Databricks Spark job requires either 'databricks_spark_job.python_file' setting or 'entry_points' setting.";
    return [problemAt('spark-job-entry', job.key.span, sentence, words)];
  }
  if (!hasFile || entryPoints.length === 0) return [];
  const words =
    "Databricks Spark job does not allow setting both 'databricks_spark_job.python_file' and 'entry_points'.";
  const places = [
    file.key.span,
    ...[keys.get('entry_points')].flatMap((one) => one?.key.span ?? []),
  ];
  return places.map((span) => problemAt('spark-job-entry', span, sentence, words));
}

function checkTypes(keys: ReadonlyMap<string, YamlEntry>): ProjectProblem[] {
  return (['parameters', 'python_libraries'] as const).flatMap((key) => {
    const entry = keys.get(key);
    if (entry === undefined || isNone(entry) || pythonValue(entry.value).type === 'list') return [];
    return [problemAt('spark-job-type', placeOf(entry), l10n.t('`{0}` has to be a list.', key))];
  });
}

function checkPaths({ entryPoints }: ProjectModel): ProjectProblem[] {
  const paths = entryPoints.flatMap(({ parameters }) =>
    parameters.filter(({ type }) => type === 'path'),
  );
  return paths.map(({ name, typeNode, nameSpan }) =>
    problemAt(
      'spark-job-path',
      typeNode?.span ?? nameSpan,
      l10n.t('A Databricks Spark job has no parameters of type `path`.'),
      `Databricks Spark job does not support entry point parameter of 'path' type. '${name}' value type is invalid.`,
    ),
  );
}

function checkCommands({ entryPoints }: ProjectModel): ProjectProblem[] {
  return entryPoints.flatMap(({ command }) => {
    if (command === undefined || /^python [^ ]/.test(command.text)) return [];
    // A placeholder may stand for the word.
    if (/^[^ ]*[{}]/.test(command.text)) return [];
    const sentence = l10n.t('A Databricks Spark job runs only commands such as `python train.py`.');
    const words = command.text.startsWith('python')
      ? 'IndexError: list index out of range'
      : "Databricks spark job only supports 'python' command in the entry point configuration.";
    return [problemAt('spark-job-command', command.node.span, sentence, words)];
  });
}

function isNone({ value }: YamlEntry): boolean {
  return pythonValue(value).type === 'NoneType';
}
