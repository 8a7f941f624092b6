import * as l10n from '@vscode/l10n';
import { nearest } from '../nearest';
import type { EntryPointModel, ProjectModel } from '../project/projectModel';
import { mapOf } from '../project/readProject';
import { pythonText } from '../python/pythonText';
import { pythonKey } from '../python/pythonValue';
import type { Keys } from '../../schema/keySchema';
import {
  dockerKeys,
  entryPointKeys,
  parameterKeys,
  rootKeys,
  sparkJobKeys,
} from '../../schema/mlprojectSchema';
import { dictEntries } from '../yaml/dictEntries';
import type { YamlMap } from '../yaml/yamlTree';
import { collect } from './collect';
import { problemAt, type ProjectProblem } from './projectProblem';

/**
 * Keys that MLflow passes over without a word.
 *
 * @param points each mapping of an entry point once
 * @param ownParameters and each mapping of parameters
 */
export function checkKeys(
  { root, keys }: ProjectModel,
  points: readonly EntryPointModel[],
  ownParameters: readonly EntryPointModel[],
): ProjectProblem[] {
  const docker = mapOf(keys.get('docker_env')?.value);
  const spark = mapOf(keys.get('databricks_spark_job')?.value);
  return [
    ...unknownKeys(root, rootKeys),
    ...unknownKeys(docker, dockerKeys),
    ...unknownKeys(spark, sparkJobKeys),
    ...collect(points, ({ map }) => unknownKeys(map, entryPointKeys)),
    ...collect(ownParameters, ({ parameters }) =>
      collect(parameters, ({ entry }) => unknownKeys(mapOf(entry.value), parameterKeys)),
    ),
  ];
}

function unknownKeys(map: YamlMap | undefined, known: Keys): ProjectProblem[] {
  if (map === undefined) return [];
  const names = known.map(({ key }) => key);
  const { entries } = dictEntries(map);
  const taken = new Set(entries.map(({ key }) => pythonText(pythonKey(key))));
  return collect(entries, ({ key }) => {
    const name = pythonText(pythonKey(key)) ?? '';
    if (names.includes(name) && pythonKey(key).type === 'str') return [];
    const free = names.filter((one) => !taken.has(one));
    const meant = nearest(name, free);
    if (meant === undefined) {
      const sentence = l10n.t('MLflow knows no key `{0}` here and ignores it.', name);
      return [problemAt('unknown-key', key.span, sentence)];
    }
    const sentence = l10n.t(
      'MLflow knows no key `{0}` here and ignores it. Is `{1}` meant?',
      name,
      meant,
    );
    const edits = [{ span: key.span, newText: meant }];
    const fixes = [{ title: l10n.t('Change to `{0}`', meant), edits }];
    return [problemAt('unknown-key', key.span, sentence, undefined, { fixes })];
  });
}
