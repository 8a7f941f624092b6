import {
  type CompletionItem,
  CompletionItemKind,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Keys, ValueSchema } from '../schema/keySchema';
import type { CursorContext } from './cursorContext';
import { covers, textOf } from './nodePath';
import { rangeOf, yamlOf } from './projectDocument';
import type { ProjectFiles } from './projectFiles';
import { resolveAlias, type Span, type YamlMap, type YamlNode } from './yaml/yamlTree';

/** Keys that are not there yet, with what follows their colon. */
export function keyItems(
  document: TextDocument,
  cursor: CursorContext,
  keys: Keys,
): CompletionItem[] {
  const taken = siblingKeys(document, cursor);
  const hasColon = /^["']?\s*:/.test(document.getText(rangeOf(document, restOf(document, cursor))));
  return keys
    .filter(({ key }) => !taken.has(key))
    .map(({ key, describe, snippet }, at) => {
      const value = cursor.flow && snippet.startsWith('\n') ? ' {$0}' : snippet;
      const newText = hasColon ? key : `${key}:${cursor.flow ? value : indented(value, cursor)}`;
      return {
        label: key,
        kind: CompletionItemKind.Property,
        documentation: { kind: MarkupKind.Markdown, value: describe() },
        sortText: String(at).padStart(2, '0'),
        insertTextFormat: InsertTextFormat.Snippet,
        insertTextMode: InsertTextMode.asIs,
        textEdit: { range: rangeOf(document, wordOf(cursor)), newText },
      };
    });
}

/** The editor takes the lines as they are, since not all of them indent alike. */
function indented(snippet: string, { indent }: CursorContext): string {
  return snippet.replaceAll('\n', `\n${' '.repeat(indent)}`);
}

export function valueItems(
  document: TextDocument,
  span: Span,
  values: readonly ValueSchema[],
): CompletionItem[] {
  return values.map(({ value, describe }) => ({
    label: value,
    kind: CompletionItemKind.EnumMember,
    documentation: { kind: MarkupKind.Markdown, value: describe() },
    textEdit: edit(document, span, value),
  }));
}

export function nameItem(
  document: TextDocument,
  span: Span,
  name: string,
  kind: CompletionItemKind,
  detail = '',
): CompletionItem {
  return { label: name, kind, detail, textEdit: edit(document, span, name) };
}

/** The files and folders that a path as far as it is typed may go on with. */
export async function fileItems(
  document: TextDocument,
  span: Span,
  files: ProjectFiles,
  suits: (name: string) => boolean,
): Promise<CompletionItem[]> {
  const typed = document.getText(rangeOf(document, span));
  const folder = typed.slice(0, typed.lastIndexOf('/') + 1);
  const entries = await files.list(folder === '' ? '.' : folder);
  const start = span.start + folder.length;
  return entries
    .filter(({ name, kind }) => !name.startsWith('.') && (kind === 'folder' || suits(name)))
    .map(({ name, kind }) => {
      const isFolder = kind === 'folder';
      return {
        label: isFolder ? `${name}/` : name,
        kind: isFolder ? CompletionItemKind.Folder : CompletionItemKind.File,
        sortText: `${isFolder ? '1' : '0'}${name}`,
        textEdit: edit(document, { start, end: span.end }, isFolder ? `${name}/` : name),
      };
    });
}

/** A value right behind its colon needs a space. */
function edit(
  document: TextDocument,
  span: Span,
  newText: string,
): NonNullable<CompletionItem['textEdit']> {
  const before = document.getText(rangeOf(document, { start: span.start - 1, end: span.start }));
  const range = rangeOf(document, span);
  return { range, newText: before === ':' ? ` ${newText}` : newText };
}

/** The keys of the mapping that the cursor is in, but for the one under it. */
export function siblingKeys(
  document: TextDocument,
  { path, from, to }: CursorContext,
): Set<string> {
  const map = mapAt(yamlOf(document).root, path, from);
  const others = map?.entries.filter(({ key }) => !covers(key.span, from) && !covers(key.span, to));
  return new Set(others?.map(({ key }) => textOf(key)));
}

/** The mapping at a path; an item of a list is the one round the offset. */
export function mapAt(
  root: YamlNode | undefined,
  path: readonly string[],
  offset: number,
): YamlMap | undefined {
  let node = root && resolveAlias(root);
  for (const key of path) {
    if (node?.kind === 'map') {
      const entry = node.entries.find((one) => textOf(one.key) === key);
      node = entry && resolveAlias(entry.value);
    } else if (node?.kind === 'list' && key === '-') {
      node = node.items.map(resolveAlias).find((one) => one && covers(one.span, offset));
    } else {
      return undefined;
    }
  }
  return node?.kind === 'map' ? node : undefined;
}

/** The word under the cursor. */
export function wordOf({ from, to }: CursorContext): Span {
  return { start: from, end: to };
}

function restOf(document: TextDocument, { to }: CursorContext): Span {
  return { start: to, end: Math.min(to + 20, document.getText().length) };
}
