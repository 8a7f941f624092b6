import {
  type CompletionItem,
  CompletionItemKind,
  type Hover,
  InsertTextFormat,
  MarkupKind,
  type Position,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';

import { findKey, type Keys } from '../schema/keySchema';
import { cursorContext } from './cursorContext';
import { hoverOf } from './hoverOf';
import { rangeOf, yamlOf } from './projectDocument';
import { resolveAlias, type YamlEntry, type YamlMap } from './yaml/yamlTree';

/** The root of a document, where it is a mapping. */
export function rootMap(document: TextDocument): YamlMap | undefined {
  const { root } = yamlOf(document);
  const resolved = root && resolveAlias(root);
  return resolved?.kind === 'map' ? resolved : undefined;
}

/** The entry whose key is at a place. */
export function entryAtKey(map: YamlMap | undefined, offset: number): YamlEntry | undefined {
  return map?.entries.find(({ key: { span } }) => span.start <= offset && offset <= span.end);
}

/** What a key of the root means. */
export function hoverRootKey(
  document: TextDocument,
  position: Position,
  keys: Keys,
): Hover | undefined {
  const entry = entryAtKey(rootMap(document), document.offsetAt(position));
  if (entry?.key.kind !== 'scalar') {
    return undefined;
  }
  const { text, span } = entry.key;
  const found = findKey(keys, text);
  return found && hoverOf(document, span, [`**${text}** — ${found.describe()}`]);
}

/** Keys that the root does not have yet, where a key of the root may stand. */
export function completeRootKeys(
  document: TextDocument,
  position: Position,
  keys: Keys,
): CompletionItem[] {
  const text = document.getText();
  const { path, place, from, to, indent, flow } = cursorContext(text, document.offsetAt(position));
  if (place !== 'key' || path.length > 0 || indent > 0 || flow) {
    return [];
  }
  const there = new Set(
    rootMap(document)?.entries.flatMap(({ key }) => (key.kind === 'scalar' ? [key.text] : [])),
  );
  const range = rangeOf(document, { start: from, end: to });
  const hasColon = /^[ \t]*:/.test(text.slice(to, to + 20));
  return keys
    .filter(({ key }) => !there.has(key) || text.slice(from, to) === key)
    .map(({ key, describe, snippet }) => ({
      label: key,
      kind: CompletionItemKind.Property,
      documentation: { kind: MarkupKind.Markdown, value: describe() },
      insertTextFormat: InsertTextFormat.Snippet,
      textEdit: { range, newText: hasColon ? key : `${key}:${snippet}` },
    }));
}
