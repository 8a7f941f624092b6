import type { TextDocument } from 'vscode-languageserver-textdocument';

import type { Span, YamlNode } from '../yaml/yamlTree';

/** Where a path stands in the text of a node; the whole node where it is written in some other way. */
export function pathSpan(node: YamlNode, path: string, document: TextDocument): Span {
  const { start, end } = node.span;
  const at = document.getText().slice(start, end).lastIndexOf(path);
  return at === -1 ? node.span : { start: start + at, end: start + at + path.length };
}
