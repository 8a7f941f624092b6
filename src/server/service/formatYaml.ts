import type { TextEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { sameMeaning } from './sameMeaning';
import { isDeep } from './yaml/isDeep';
import { layOut } from './yamlLayout';

const largest = 300_000;

/** The lines that formatting changes; none where the text is no YAML, since what it means cannot be kept then. */
export function formatYaml(document: TextDocument): TextEdit[] {
  const text = document.getText();
  if (text.length > largest || isDeep(text)) return [];
  const bom = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const plain = text.slice(bom.length);
  const ending = plain.includes('\r\n') ? '\r\n' : '\n';
  const after = [layOut(plain), tidy(plain)].find((one) => sameMeaning(plain, one));
  if (after === undefined || plain.trim() === '') return [];
  return lineEdits(document, text, bom + after.replaceAll('\n', ending));
}

/** The least that can be done: one line break at the end. */
function tidy(text: string): string {
  return `${text.replaceAll('\r\n', '\n').trimEnd()}\n`;
}

/** Replaces what differs between the first and the last line that do. */
function lineEdits(document: TextDocument, before: string, after: string): TextEdit[] {
  if (before === after) return [];
  const old = linesOf(before);
  const fresh = linesOf(after);
  if (old.length !== fresh.length) return [trimmedEdit(document, old, fresh)];
  return fresh.flatMap((line, at) => {
    const was = old[at] ?? '';
    if (line === was) return [];
    const start = { line: at, character: 0 };
    const end = document.positionAt(document.offsetAt(start) + was.length);
    return [{ range: { start, end }, newText: line }];
  });
}

function trimmedEdit(document: TextDocument, old: string[], fresh: string[]): TextEdit {
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head += 1;
  let tail = 0;
  while (
    tail < Math.min(old.length, fresh.length) - head &&
    old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]
  ) {
    tail += 1;
  }
  const lengthOf = (lines: readonly string[]): number =>
    lines.reduce((sum, line) => sum + line.length, 0);
  const start = lengthOf(old.slice(0, head));
  const end = start + lengthOf(old.slice(head, old.length - tail));
  return {
    range: { start: document.positionAt(start), end: document.positionAt(end) },
    newText: fresh.slice(head, fresh.length - tail).join(''),
  };
}

/** Each with its line break. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
