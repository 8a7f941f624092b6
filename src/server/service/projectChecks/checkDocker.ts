import * as l10n from '@vscode/l10n';
import type { ProjectModel } from '../project/projectModel';
import { mapOf, namedEntries } from '../project/readProject';
import { pythonValue } from '../python/pythonValue';
import { resolveAlias, type YamlEntry, type YamlNode } from '../yaml/yamlTree';
import { placeOf } from './checkShape';
import { problemAt, type ProjectProblem } from './projectProblem';
import { noAttribute } from './pythonWords';
import { truthOf } from './truthOf';

const invalid = 'Project configuration (MLproject file) was invalid:';

/** `docker_env`, which MLflow looks at where it is not empty. */
export function checkDocker({ keys, name }: ProjectModel): ProjectProblem[] {
  const entry = keys.get('docker_env');
  if (entry === undefined || !truthOf(entry.value) || keys.has('databricks_spark_job')) return [];
  const map = mapOf(entry.value);
  if (map === undefined) {
    const sentence = l10n.t('`docker_env` has to hold an `image`.');
    const words = noAttribute(pythonValue(entry.value), 'get');
    return [problemAt('not-a-mapping', placeOf(entry), sentence, words)];
  }
  const docker = namedEntries(map);
  return [
    ...checkImage(entry, docker.get('image')),
    ...checkVolumes(docker.get('volumes')),
    ...checkVariables(docker.get('environment')),
    ...checkName(entry, name?.entry),
  ];
}

function checkImage(docker: YamlEntry, image: YamlEntry | undefined): ProjectProblem[] {
  if (image === undefined || !truthOf(image.value)) {
    const sentence = l10n.t('`docker_env` needs an `image`.');
    const words = `${invalid} Docker environment specified but no image attribute found.`;
    return [
      problemAt(
        'docker-image',
        image === undefined ? docker.key.span : placeOf(image),
        sentence,
        words,
      ),
    ];
  }
  if (pythonValue(image.value).type === 'str') return [];
  const sentence = l10n.t('`image` has to be the name of an image.');
  return [problemAt('docker-image-type', image.value.span, sentence)];
}

function checkVolumes(entry: YamlEntry | undefined): ProjectProblem[] {
  if (entry === undefined || isNone(entry.value)) return [];
  const sentence = l10n.t(
    '`volumes` has to be a list of texts such as `"/path/here:/path/there"`.',
  );
  if (!truthOf(entry.value)) return emptyProblem('docker-volumes', entry, sentence);
  const words = `${invalid} Docker volumes must be a list of strings, e.g.: '["/path1/:/path1", "/path2/:/path2"])`;
  const items = listOf(entry.value);
  if (items === undefined) return [problemAt('docker-volumes', entry.value.span, sentence, words)];
  return items
    .filter((item) => pythonValue(item).type !== 'str')
    .map((item) => problemAt('docker-volumes', item.span, sentence, words));
}

/** False and zero pass MLflow's check, and cannot be gone through afterwards. */
function emptyProblem(
  code: 'docker-volumes' | 'docker-environment',
  entry: YamlEntry,
  sentence: string,
): ProjectProblem[] {
  const { type } = pythonValue(entry.value);
  if (!['bool', 'int', 'float'].includes(type)) return [];
  const words = `TypeError: '${type}' object is not iterable`;
  return [problemAt(code, entry.value.span, sentence, words)];
}

function checkVariables(entry: YamlEntry | undefined): ProjectProblem[] {
  if (entry === undefined || isNone(entry.value)) return [];
  const sentence = l10n.t(
    '`environment` has to be a list of names to copy, and of pairs such as `["NAME", "value"]`.',
  );
  if (!truthOf(entry.value)) return emptyProblem('docker-environment', entry, sentence);
  const words = `${invalid} environment must be a list containing either strings (to copy environment variables from host system) or lists of string pairs (to define new environment variables).E.g.: '[["NEW_VAR", "new_value"], "VAR_TO_COPY_FROM_HOST"])`;
  const items = listOf(entry.value);
  if (items === undefined) {
    return [problemAt('docker-environment', entry.value.span, sentence, words)];
  }
  return items.flatMap((item) => {
    const pair = listOf(item);
    if (pair !== undefined) return checkPair(item, pair);
    const value = pythonValue(item);
    if (value.type !== 'str') return [problemAt('docker-environment', item.span, sentence, words)];
    if (value.text !== '') return [];
    const expected = `This project expects the  environment variables to be set on the machine running the project, but  was not set. Please ensure all expected environment variables are set`;
    return [problemAt('docker-environment', item.span, sentence, expected)];
  });
}

function checkPair(item: YamlNode, pair: readonly YamlNode[]): ProjectProblem[] {
  if (pair.length === 2) return checkPairName(pair[0]);
  const sentence = l10n.t('A new variable is a pair such as `["NAME", "value"]`.');
  return pair.length < 2
    ? [problemAt('docker-environment', item.span, sentence, 'IndexError: list index out of range')]
    : [problemAt('docker-environment-pair', item.span, sentence), ...checkPairName(pair[0])];
}

/** The name is a key of a Python dict. */
function checkPairName(name: YamlNode | undefined): ProjectProblem[] {
  const type = name === undefined ? 'str' : pythonValue(name).type;
  if (name === undefined || !['dict', 'list', 'set'].includes(type)) return [];
  const sentence = l10n.t('The name of a variable has to be a text.');
  return [
    problemAt('docker-environment', name.span, sentence, `TypeError: unhashable type: '${type}'`),
  ];
}

function checkName(docker: YamlEntry, name: YamlEntry | undefined): ProjectProblem[] {
  const sentence = l10n.t('A project with `docker_env` needs a `name`, which is a text.');
  if (name === undefined || !truthOf(name.value)) {
    const words =
      'Project name in MLProject must be specified when using docker for image tagging.';
    return [
      problemAt(
        'docker-name',
        name === undefined ? docker.key.span : placeOf(name),
        sentence,
        words,
      ),
    ];
  }
  const { type } = pythonValue(name.value);
  if (type === 'str') return [];
  const words = `TypeError: unsupported operand type(s) for +: '${type}' and 'str'`;
  return [problemAt('docker-name', name.value.span, sentence, words)];
}

function isNone(node: YamlNode): boolean {
  return pythonValue(node).type === 'NoneType';
}

function listOf(node: YamlNode): readonly YamlNode[] | undefined {
  const resolved = resolveAlias(node);
  return resolved?.kind === 'list' ? resolved.items : undefined;
}
