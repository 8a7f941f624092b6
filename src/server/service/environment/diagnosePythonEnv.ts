import * as l10n from '@vscode/l10n';
import type { TextDocument } from 'vscode-languageserver-textdocument';

import { nearest } from '../nearest';
import type { ProjectFiles } from '../projectFiles';
import { pythonValue } from '../python/pythonValue';
import { dictEntries } from '../yaml/dictEntries';
import { resolveAlias, type YamlEntry, type YamlMap } from '../yaml/yamlTree';
import { checkDependencies } from './checkDependencies';
import { checkPythonVersion } from './checkPythonVersion';
import { pythonEnvKeys } from './environmentKeys';
import type { EnvironmentProblem } from './environmentProblem';
import { duplicateKeys, readRoot, typeName } from './sharedChecks';

/** The rules of `mlflow.utils.environment._PythonEnv.from_yaml`, and of reading the requirements it names. */
export async function diagnosePythonEnv(
  document: TextDocument,
  files: ProjectFiles,
): Promise<readonly EnvironmentProblem[]> {
  const read = readRoot(
    document,
    l10n.t(
      'python_env.yaml must be a mapping with `python`, `build_dependencies` and `dependencies`; MLflow crashes on anything else.',
    ),
  );
  if ('problem' in read) {
    return [read.problem];
  }
  const { root } = read;
  const { entries } = dictEntries(root);
  const checked = await Promise.all(entries.map((entry) => checkEntry(entry, document, files)));
  return [...duplicateKeys(root), ...checked.flat(), ...missingPython(root, entries)];
}

async function checkEntry(
  entry: YamlEntry,
  document: TextDocument,
  files: ProjectFiles,
): Promise<readonly EnvironmentProblem[]> {
  const key = pythonValue(entry.key);
  const name = key.type === 'str' ? key.text : undefined;
  switch (name) {
    case 'python':
      return checkPythonVersion(entry, document);
    case 'build_dependencies':
    case 'dependencies':
      return checkList(entry, name, document, files);
    default:
      return [unknownKey(entry, name)];
  }
}

async function checkList(
  { value }: YamlEntry,
  name: string,
  document: TextDocument,
  files: ProjectFiles,
): Promise<readonly EnvironmentProblem[]> {
  const list = resolveAlias(value);
  const type = pythonValue(value).type;
  if (type === 'NoneType') {
    return [];
  }
  if (list?.kind !== 'list') {
    const message = `\`${name}\` must be a list but got <class '${typeName(value)}'>`;
    return [{ code: 'env-shape', severity: 'error', span: value.span, message }];
  }
  return checkDependencies(list.items, document, files);
}

function unknownKey({ key }: YamlEntry, name: string | undefined): EnvironmentProblem {
  const near =
    name === undefined
      ? undefined
      : nearest(
          name,
          pythonEnvKeys().map((one) => one.key),
        );
  const words =
    name === undefined
      ? 'keywords must be strings'
      : `_PythonEnv.__init__() got an unexpected keyword argument '${name}'`;
  const message = l10n.t('MLflow refuses this key in python_env.yaml: {0}', words);
  const fixes =
    near === undefined
      ? []
      : [{ title: l10n.t('Change to {0}', near), edits: [{ span: key.span, newText: near }] }];
  return { code: 'env-unknown-key', severity: 'error', span: key.span, message, fixes };
}

/** Without `python` the environment is another one for everybody. */
function missingPython(root: YamlMap, entries: readonly YamlEntry[]): EnvironmentProblem[] {
  const python = entries.find(({ key }) => key.kind === 'scalar' && key.text === 'python');
  if (python !== undefined) {
    return [];
  }
  const [first] = root.entries;
  const span = first?.key.span ?? root.span;
  const message = l10n.t(
    '`python` is missing, so the environment gets the Python version that MLflow itself runs on.',
  );
  return [{ code: 'env-python-version', severity: 'hint', span, message }];
}
