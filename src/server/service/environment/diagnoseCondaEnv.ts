import * as l10n from '@vscode/l10n';
import type { TextDocument } from 'vscode-languageserver-textdocument';

import type { ProjectFiles } from '../projectFiles';
import { pythonValue } from '../python/pythonValue';
import { dictEntries } from '../yaml/dictEntries';
import { resolveAlias, type YamlEntry, type YamlMap, type YamlNode } from '../yaml/yamlTree';
import { checkDependencies } from './checkDependencies';
import { checkCondaPackage, type CondaPackages } from './checkCondaPackage';
import type { EnvironmentProblem } from './environmentProblem';
import { duplicateKeys, readRoot, typeName } from './sharedChecks';

/**
 * The rules of `mlflow.utils.environment._PythonEnv.from_conda_yaml`, which reads the file for virtualenv and uv. Projects
 * run in conda unless somebody asks for another manager: what conda takes is no error.
 */
export async function diagnoseCondaEnv(
  document: TextDocument,
  files: ProjectFiles,
): Promise<readonly EnvironmentProblem[]> {
  const read = readRoot(
    document,
    l10n.t('conda.yaml must be a mapping with `dependencies`; MLflow crashes on anything else.'),
  );
  if ('problem' in read) {
    return [read.problem];
  }
  const { root } = read;
  const dependencies = entryOf(root, 'dependencies');
  const found = dependencies === undefined ? [] : await checkList(dependencies, document, files);
  return [...duplicateKeys(root), ...found];
}

async function checkList(
  { key, value }: YamlEntry,
  document: TextDocument,
  files: ProjectFiles,
): Promise<readonly EnvironmentProblem[]> {
  const list = resolveAlias(value);
  if (list?.kind !== 'list') {
    const { type } = pythonValue(value);
    const words = `TypeError: '${type}' object is not iterable`;
    if (type === 'NoneType') {
      const message = l10n.t(
        'Works with conda only; under virtualenv and uv MLflow stops: {0}',
        words,
      );
      return [{ code: 'env-shape', severity: 'warning', span: key.span, message }];
    }
    const isIterated = type === 'dict' || type === 'str';
    const message = isIterated
      ? l10n.t('`dependencies` must be a list; MLflow takes nothing from this.')
      : words;
    const severity = isIterated ? 'warning' : 'error';
    return [{ code: 'env-shape', severity, span: value.span, message }];
  }
  const packages: CondaPackages = { hasPython: false };
  const found: EnvironmentProblem[] = [];
  for (const item of list.items) {
    const value = pythonValue(item);
    if (value.type === 'str') {
      found.push(...checkCondaPackage(item, value.text, packages));
    } else {
      found.push(...(await checkOther(item, document, files)));
    }
  }
  return found;
}

/** What is no text in the list must be `pip:` with a list. */
async function checkOther(
  item: YamlNode,
  document: TextDocument,
  files: ProjectFiles,
): Promise<readonly EnvironmentProblem[]> {
  const map = resolveAlias(item);
  const pip = map?.kind === 'map' ? entryOf(map, 'pip') : undefined;
  if (pip === undefined) {
    const written =
      document
        .getText()
        .slice(item.span.start, item.span.end)
        .split(/[\r\n]/)[0] ?? '';
    const message = `Invalid conda dependency: ${written}. Must be str or dict in the form of {"pip": [...]}`;
    return [{ code: 'env-dependency', severity: 'error', span: item.span, message }];
  }
  const list = resolveAlias(pip.value);
  if (list?.kind === 'list') {
    return checkDependencies(list.items, document, files);
  }
  const message = `\`dependencies\` must be a list but got <class '${typeName(pip.value)}'>`;
  return pythonValue(pip.value).type === 'NoneType'
    ? []
    : [{ code: 'env-shape', severity: 'error', span: pip.value.span, message }];
}

function entryOf(map: YamlMap, name: string): YamlEntry | undefined {
  return dictEntries(map).entries.find(({ key }) => {
    const value = pythonValue(key);
    return value.type === 'str' && value.text === name;
  });
}
