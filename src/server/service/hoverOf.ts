import { type Hover, MarkupKind } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { rangeOf } from './projectDocument';
import type { Span } from './yaml/yamlTree';

/** Text of a file as a block of code: none of it is read as Markdown. */
export function codeBlock(text: string, language: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${shorten(text)}\n${fence}`;
}

export function hoverOf(document: TextDocument, span: Span, parts: readonly string[]): Hover {
  return {
    contents: { kind: MarkupKind.Markdown, value: parts.join('\n\n') },
    range: rangeOf(document, span),
  };
}

const longestText = 4000;

function shorten(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}
