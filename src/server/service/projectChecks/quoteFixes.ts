import * as l10n from '@vscode/l10n';
import type { Fix } from '../problem';
import { readYaml } from '../yaml/readYaml';
import { resolveAlias, type Span, type YamlNode } from '../yaml/yamlTree';
import { lineStart, quoted } from './textEdits';

/** Longer texts are not tried out. */
const longestTried = 50_000;

/** What makes YAML of a text that is none, tried out before it is offered. */
export function syntaxFixes(text: string, { start }: Span): Fix[] {
  if (text.length > longestTried) return [];
  const candidates = [spacesFix(text), quoteLineFix(text, start)];
  return candidates.filter((fix) => fix !== undefined && helps(text, fix)) as Fix[];
}

function helps(text: string, { edits }: Fix): boolean {
  const before = readYaml(text).problem?.span.start ?? Infinity;
  const after = readYaml(applied(text, edits)).problem?.span.start;
  return after === undefined || after > before + edits.length * 2;
}

/** @param edits in the order of the text */
function applied(text: string, edits: Fix['edits']): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { span, newText } of edits) {
    pieces.push(text.slice(at, span.start), newText);
    at = span.end;
  }
  return pieces.join('') + text.slice(at);
}

function spacesFix(text: string): Fix | undefined {
  const edits = [...text.matchAll(/^[ \t]*\t[ \t]*/gm)].map(({ 0: indent, index }) => ({
    span: { start: index, end: index + indent.length },
    newText: indent.replaceAll('\t', '  '),
  }));
  if (edits.length === 0) return undefined;
  return { title: l10n.t('Indent with spaces'), edits };
}

/** The value in the line of a place, in quotes. */
function quoteLineFix(text: string, offset: number): Fix | undefined {
  const start = lineStart(text, offset);
  const line = /^[^\r\n]*/.exec(text.slice(start))?.[0] ?? '';
  const found = /^(\s*(?:- +)?[\w.-]+:\s+)([^\s#].*?)\s*$/.exec(line);
  const [, before = '', value = ''] = found ?? [];
  if (value === '' || /^["'|>]/.test(value)) return undefined;
  const from = start + before.length;
  const edits = [{ span: { start: from, end: from + value.length }, newText: quoted(value) }];
  return { title: l10n.t('Put it in quotes'), edits };
}

/** What a node is written as, in quotes; of a list on one line its words. */
export function quoteNodeFix(text: string, node: YamlNode): Fix[] {
  const resolved = resolveAlias(node);
  const { start, end } = node.span;
  const written = text.slice(start, end);
  if (resolved === undefined || node.kind === 'alias' || end === start) return [];
  if (/[\r\n]/.test(written) || node.tag !== undefined || node.anchor !== undefined) return [];
  const words = resolved.kind === 'list' ? wordsOf(text, resolved.items) : written;
  const edits = [{ span: { start, end }, newText: quoted(words) }];
  return [{ title: l10n.t('Put it in quotes'), edits }];
}

function wordsOf(text: string, items: readonly YamlNode[]): string {
  return items
    .map((item) =>
      item.kind === 'scalar' ? item.text : text.slice(item.span.start, item.span.end),
    )
    .join(' ');
}
