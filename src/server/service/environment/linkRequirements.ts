import type { DocumentLink } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';

import { rangeOf } from '../projectDocument';
import type { ProjectFiles } from '../projectFiles';
import { pythonValue } from '../python/pythonValue';
import { rootMap } from '../rootKeys';
import { resolveAlias, type YamlNode } from '../yaml/yamlTree';
import { pathSpan } from './pathSpan';
import { projectFolder } from './projectFolder';
import { joined, readFileLine } from './requirementLine';

/** Links to the files of requirements that the dependencies name. */
export async function linkRequirements(
  document: TextDocument,
  files: ProjectFiles,
): Promise<readonly DocumentLink[]> {
  const values = rootMap(document)?.entries.map(({ value }) => value) ?? [];
  const named = values.flatMap((value) => namedFiles(value));
  if (named.length === 0) {
    return [];
  }
  const folder = await projectFolder(document.uri, files);
  return named.map(({ node, path }) => ({
    range: rangeOf(document, pathSpan(node, path, document)),
    target: files.uriOf(joined(folder, path)),
  }));
}

/** Those in a list, and in the list below `pip:` in it. */
function namedFiles(value: YamlNode, depth = 0): { node: YamlNode; path: string }[] {
  const list = resolveAlias(value);
  if (list?.kind !== 'list' || depth > 1) {
    return [];
  }
  return list.items.flatMap((node) => {
    const item = pythonValue(node);
    const path = item.type === 'str' ? readFileLine(item.text)?.path : undefined;
    const map = resolveAlias(node);
    const inner = map?.kind === 'map' ? map.entries : [];
    return path === undefined
      ? inner.flatMap((entry) => namedFiles(entry.value, depth + 1))
      : [{ node, path }];
  });
}
