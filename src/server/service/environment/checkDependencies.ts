import * as l10n from '@vscode/l10n';
import type { TextDocument } from 'vscode-languageserver-textdocument';

import type { ProjectFiles } from '../projectFiles';
import { pythonValue } from '../python/pythonValue';
import type { YamlNode } from '../yaml/yamlTree';
import type { EnvironmentProblem } from './environmentProblem';
import { pathSpan } from './pathSpan';
import { projectFolder } from './projectFolder';
import { firstMissing, joined, readFileLine } from './requirementLine';
import { typeName } from './sharedChecks';

/** Each item of a list of pip's requirements: a text, and the file it may name is there. */
export async function checkDependencies(
  items: readonly YamlNode[],
  document: TextDocument,
  files: ProjectFiles,
): Promise<readonly EnvironmentProblem[]> {
  const checked = await Promise.all(items.map((item) => checkItem(item, document, files)));
  return checked.flatMap((problem) => problem ?? []);
}

async function checkItem(
  item: YamlNode,
  document: TextDocument,
  files: ProjectFiles,
): Promise<EnvironmentProblem | undefined> {
  const value = pythonValue(item);
  if (value.type !== 'str') {
    const message = l10n.t(
      "A dependency must be a text such as `numpy==2.1.0`, but this is <class '{0}'>; MLflow crashes on it.",
      typeName(item),
    );
    return { code: 'env-dependency', severity: 'error', span: item.span, message };
  }
  const line = readFileLine(value.text);
  if (line === undefined) {
    return undefined;
  }
  const folder = await projectFolder(document.uri, files);
  const missing = await firstMissing(joined(folder, line.path), files);
  if (missing === undefined) {
    return undefined;
  }
  const isFolder = (await files.kindOf(missing)) === 'folder';
  const title = l10n.t('Create `{0}`', missing);
  return {
    code: 'env-missing-file',
    severity: 'error',
    span: pathSpan(item, line.path, document),
    message: isFolder
      ? l10n.t("Is a directory: '{0}'", missing)
      : l10n.t("No such file or directory: '{0}'", missing),
    fileFixes: isFolder ? [] : [{ kind: 'create', title, path: missing, text: '' }],
  };
}
