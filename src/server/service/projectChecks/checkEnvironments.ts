import * as l10n from '@vscode/l10n';
import type { EnvironmentModel, ProjectModel } from '../project/projectModel';
import type { ProjectFiles } from '../projectFiles';
import { problemAt, type ProjectProblem } from './projectProblem';
import { removalFixes } from './textEdits';
import { truthOf } from './truthOf';

/** At most one environment, and its file is there. */
export async function checkEnvironments(
  text: string,
  project: ProjectModel,
  files: Pick<ProjectFiles, 'kindOf'>,
): Promise<ProjectProblem[]> {
  // Those of a Databricks Spark job are refused altogether.
  if (project.keys.has('databricks_spark_job')) return several(text, project);
  const checked = await Promise.all(project.environments.map((one) => checkOne(one, files)));
  return [...several(text, project), ...checked.flat()];
}

function several(text: string, { environments, root }: ProjectModel): ProjectProblem[] {
  if (environments.length < 2) return [];
  const names = environments
    .map(({ key }) => `'${key}'`)
    .sort()
    .join(', ');
  const words = `Project cannot contain multiple environment fields: {${names}}`;
  return environments.map(({ entry }) =>
    problemAt(
      'multiple-environments',
      entry.key.span,
      l10n.t('A project has at most one of `python_env`, `conda_env` and `docker_env`.'),
      words,
      {
        fixes:
          root === undefined ? [] : removalFixes(text, root, entry, l10n.t('Remove this entry')),
      },
    ),
  );
}

async function checkOne(
  { entry, key, value, path }: EnvironmentModel,
  files: Pick<ProjectFiles, 'kindOf'>,
): Promise<ProjectProblem[]> {
  if (key === 'docker_env' || !truthOf(entry.value)) return [];
  const { span } = entry.value;
  if (path === undefined) {
    const sentence = l10n.t('`{0}` has to be the path of a file.', key);
    const words = `TypeError: join() argument must be str, bytes, or os.PathLike object, not '${value.type.replace('datetime.', '')}'`;
    return [problemAt('environment-not-text', span, sentence, words)];
  }
  const kind = await files.kindOf(path);
  if (kind === 'file' || kind === 'unknown') return [];
  if (kind === 'folder') {
    const sentence = l10n.t('`{0}` is a folder. MLflow cannot make an environment of it.', path);
    return [problemAt('environment-folder', span, sentence)];
  }
  const what = key === 'python_env' ? 'python_env' : 'conda environment';
  const words = `Project specified ${what} file ${path}, but no such file was found.`;
  const title = l10n.t('Create `{0}`', path);
  const text = key === 'python_env' ? pythonEnvironment : condaEnvironment;
  return [
    problemAt('environment-missing', span, l10n.t('There is no file `{0}`.', path), words, {
      fileFixes: [{ kind: 'create', title, path, text }],
    }),
  ];
}

const pythonEnvironment = `python: "3.11"
build_dependencies:
  - pip
dependencies:
  - mlflow
`;

const condaEnvironment = `channels:
  - conda-forge
dependencies:
  - python=3.11
  - pip
  - pip:
      - mlflow
`;
