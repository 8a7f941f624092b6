import {
  type FoldingRange,
  FoldingRangeKind,
  type Position,
  type SelectionRange,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { nodePath } from '../nodePath';
import { rangeOf, yamlOf } from '../projectDocument';

interface OpenLine {
  readonly line: number;
  readonly indent: number;
}

/** Every line with deeper ones below it, and comments of several lines. Works on text that is no YAML, too. */
export function foldingOf(document: TextDocument): readonly FoldingRange[] {
  const ranges: FoldingRange[] = [];
  const open: OpenLine[] = [];
  let last = 0;
  let comments: number | undefined;
  const close = (indent: number): void => {
    for (let top = open.at(-1); top !== undefined && top.indent >= indent; top = open.at(-1)) {
      if (last > top.line) ranges.push({ startLine: top.line, endLine: last });
      open.pop();
    }
  };
  const endComments = (line: number): void => {
    if (comments !== undefined && line - comments > 1) {
      ranges.push({ startLine: comments, endLine: line - 1, kind: FoldingRangeKind.Comment });
    }
    comments = undefined;
  };
  const lines = document.getText().split('\n');
  for (const [line, text] of lines.entries()) {
    const indent = text.search(/\S/);
    const isBlank = indent === -1;
    const isComment = text[indent] === '#';
    if (isComment) comments ??= line;
    else endComments(line);
    if (isBlank || isComment) continue;
    close(indent);
    open.push({ line, indent });
    last = line;
  }
  endComments(lines.length);
  close(0);
  return ranges.slice(0, most);
}

const most = 5000;

/** The word, then everything round it, the whole text last. */
export function selectAround(
  document: TextDocument,
  positions: readonly Position[],
): readonly SelectionRange[] {
  const { root } = yamlOf(document);
  const whole: SelectionRange = {
    range: rangeOf(document, { start: 0, end: document.getText().length }),
  };
  return positions.map((position) => {
    if (root === undefined) return whole;
    const offset = document.offsetAt(position);
    let around = whole;
    for (const span of nodePath(root, offset).spans) {
      const range = rangeOf(document, span);
      const isInside = span.start <= offset && offset <= span.end;
      if (isInside && !isSame(range, around.range)) around = { range, parent: around };
    }
    return around;
  });
}

function isSame(one: SelectionRange['range'], other: SelectionRange['range']): boolean {
  return isAt(one.start, other.start) && isAt(one.end, other.end);
}

function isAt(one: Position, other: Position): boolean {
  return one.line === other.line && one.character === other.character;
}
