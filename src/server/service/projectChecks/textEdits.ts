import type { Fix } from '../problem';
import type { Span, YamlEntry, YamlMap } from '../yaml/yamlTree';

/** Where a line begins. */
export function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

/** How far a line is indented up to a place, as the text that is there. */
export function indentOf(text: string, offset: number): string {
  return ' '.repeat(offset - lineStart(text, offset));
}

/** Nothing where an alias elsewhere may need what would be removed. */
export function removalFixes(text: string, map: YamlMap, entry: YamlEntry, title: string): Fix[] {
  const span = entryRemoval(text, map, entry);
  const holdsAnchor = /(?:^|[\s,{[])&\w/.test(text.slice(span.start, span.end));
  return holdsAnchor || !map.entries.includes(entry)
    ? []
    : [{ title, edits: [{ span, newText: '' }] }];
}

/** What to delete for an entry to be gone, with its lines or its comma. */
function entryRemoval(text: string, map: YamlMap, { key, value }: YamlEntry): Span {
  const end = Math.max(key.span.end, value.span.end);
  if (map.flow) {
    const comma = /^\s*,\s*/.exec(text.slice(end, end + 200));
    return { start: key.span.start, end: end + (comma?.[0].length ?? 0) };
  }
  const start = lineStart(text, key.span.start);
  if (text.slice(start, key.span.start).trim() !== '') return { start: key.span.start, end };
  const rest = text.slice(end).search(/\n|\r(?!\n)/);
  return { start, end: rest === -1 ? text.length : end + rest + 1 };
}

/** A scalar written in quotes, so that YAML takes it as it looks. */
export function quoted(text: string): string {
  return /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
}
