import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CursorContext } from './cursorContext';

/** Below this many characters a whole document is read quickly enough. */
const small = 6000;

interface Line {
  readonly start: number;
  readonly end: number;
  /** -1 for lines that are empty, or a comment. */
  readonly indent: number;
}

/**
 * The document with only what completion at a place looks at, every other line blank, so that a long one need not be read
 * for each key stroke: keys of the root, and of what is below the one that the cursor is in either the keys or, once the
 * cursor is deeper, the one block round it. Offsets stay. The document itself where anything may come from elsewhere.
 */
export function focusedDocument(
  document: TextDocument,
  { path, from }: CursorContext,
): TextDocument {
  const text = document.getText();
  if (text.length < small) return document;
  const lines = linesOf(text);
  const at = lines.findLastIndex(({ start }) => start <= from);
  const keeps = keptLines(lines, at, path.length);
  const kept = lines.map((line, index) => {
    const own = text.slice(line.start, line.end);
    return keeps(line, index) ? own : ' '.repeat(own.length);
  });
  const focused = kept.join('\n');
  // An alias stands for what may be in a line that is left out.
  if (/[*]|<</.test(focused)) return document;
  return TextDocument.create(document.uri, document.languageId, document.version, focused);
}

function keptLines(
  lines: readonly Line[],
  at: number,
  depth: number,
): (line: Line, index: number) => boolean {
  const isRoot = ({ indent }: Line): boolean => indent === 0;
  const root = lines.findLastIndex((line, index) => index <= at && isRoot(line));
  const nextRoot = lines.findIndex((line, index) => index > at && isRoot(line));
  const rootEnd = nextRoot === -1 ? lines.length : nextRoot;
  const inside = lines.slice(root + 1, rootEnd);
  const child = inside.find(({ indent }) => indent > 0)?.indent ?? 0;
  const isEdge = ({ indent }: Line): boolean => indent >= 0 && indent <= child;
  if (depth < 2) {
    return (line, index) =>
      isRoot(line) || index === at || (isEdge(line) && index > root && index < rootEnd);
  }
  const start = lines.findLastIndex((line, index) => index <= at && isEdge(line));
  const next = lines.findIndex((line, index) => index > at && isEdge(line));
  const end = next === -1 ? lines.length : next;
  return (line, index) => isRoot(line) || (index >= start && index < end);
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start <= text.length;) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    let at = start;
    while (at < end && text.charCodeAt(at) === 32) at += 1;
    const isContent = at < end && !/[#\r\t]/.test(text.charAt(at));
    lines.push({ start, end, indent: isContent ? at - start : -1 });
    start = end + 1;
  }
  return lines;
}
