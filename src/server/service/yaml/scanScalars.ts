import { escapedText } from './scanEscape';
import { isBlankOrEnd, isBreak, isBreakOrEnd, type TextReader } from './textReader';
import type { YamlToken } from './yamlToken';

const space = 32;
const hash = 35;
const colon = 58;

function isFlowMark(unit: number): boolean {
  return unit === 44 || unit === 91 || unit === 93 || unit === 123 || unit === 125;
}

/** Where a scalar without quotes may go on, and whether a key may begin after it. */
export interface PlainScalar {
  readonly token: YamlToken;
  /** It went over a line break: a key may follow. */
  readonly brokeLine: boolean;
}

/** @param indent of the block that the scalar is in; lines of the scalar are deeper */
export function scanPlain(reader: TextReader, indent: number, isFlow: boolean): PlainScalar {
  const start = reader.offset;
  let end = start;
  let text = '';
  let spaces = '';
  let brokeLine = false;
  while (reader.unit() !== hash) {
    const length = plainLength(reader, isFlow);
    if (length === 0) break;
    brokeLine = false;
    text += spaces + reader.text.slice(reader.offset, reader.offset + length);
    reader.forward(length);
    end = reader.offset;
    const gap = plainGap(reader);
    spaces = gap.text;
    brokeLine = gap.brokeLine;
    if (spaces === '' || (!isFlow && reader.column <= indent)) break;
  }
  return { token: { kind: '<scalar>', start, end, text, style: 'plain' }, brokeLine };
}

function plainLength(reader: TextReader, isFlow: boolean): number {
  let length = 0;
  for (;;) {
    const unit = reader.unit(length);
    if (isBlankOrEnd(unit)) return length;
    if (isFlow && (isFlowMark(unit) || unit === 63)) return length;
    if (unit === colon) {
      const next = reader.unit(length + 1);
      if (isBlankOrEnd(next) || (isFlow && isFlowMark(next))) return length;
    }
    length += 1;
  }
}

function plainGap(reader: TextReader): { readonly text: string; readonly brokeLine: boolean } {
  const start = reader.offset;
  reader.skipSpaces();
  if (!isBreak(reader.unit())) {
    return { text: reader.text.slice(start, reader.offset), brokeLine: false };
  }
  const first = reader.takeBreak();
  if (reader.isDocumentMark()) return { text: '', brokeLine: true };
  let more = '';
  for (;;) {
    reader.skipSpaces();
    if (!isBreak(reader.unit())) break;
    more += reader.takeBreak();
    if (reader.isDocumentMark()) return { text: '', brokeLine: true };
  }
  return { text: folded(first, more), brokeLine: true };
}

/** One line break becomes a space; of several the first one goes. */
function folded(first: string, more: string): string {
  if (first !== '\n') return first + more;
  return more === '' ? ' ' : more;
}

export function scanQuoted(reader: TextReader, style: 'single' | 'double'): YamlToken {
  const start = reader.offset;
  const quote = reader.unit();
  reader.forward();
  let text = quotedRun(reader, quote);
  while (reader.unit() !== quote) {
    text += quotedSpaces(reader, start);
    text += quotedRun(reader, quote);
  }
  reader.forward();
  return { kind: '<scalar>', start, end: reader.offset, text, style };
}

const doubleQuote = 34;
const singleQuote = 39;
const backslash = 92;

/** Up to white space, the end of the text or the closing quote. */
function quotedRun(reader: TextReader, quote: number): string {
  const isDouble = quote === doubleQuote;
  const pieces: string[] = [];
  for (;;) {
    const start = reader.offset;
    while (!isRunEnd(reader.unit(), isDouble)) reader.forward();
    if (reader.offset > start) pieces.push(reader.text.slice(start, reader.offset));
    const unit = reader.unit();
    if (!isDouble && unit === singleQuote && reader.unit(1) === singleQuote) {
      pieces.push("'");
      reader.forward(2);
    } else if (isDouble && unit === backslash) {
      pieces.push(quotedEscape(reader));
    } else {
      return pieces.join('');
    }
  }
}

function isRunEnd(unit: number, isDouble: boolean): boolean {
  if (isBlankOrEnd(unit)) return true;
  return isDouble ? unit === doubleQuote || unit === backslash : unit === singleQuote;
}

function quotedEscape(reader: TextReader): string {
  reader.forward();
  if (!isBreak(reader.unit())) return escapedText(reader);
  reader.takeBreak();
  return quotedBreaks(reader);
}

function quotedSpaces(reader: TextReader, start: number): string {
  const from = reader.offset;
  while (reader.unit() === space || reader.unit() === 9) reader.forward();
  if (isBreak(reader.unit())) {
    const first = reader.takeBreak();
    return folded(first, quotedBreaks(reader));
  }
  if (reader.offset === reader.text.length) {
    throw reader.stop('found unexpected end of stream', { start, end: reader.offset });
  }
  return reader.text.slice(from, reader.offset);
}

function quotedBreaks(reader: TextReader): string {
  let breaks = '';
  for (;;) {
    if (reader.isDocumentMark()) throw reader.stop('found unexpected document separator');
    while (reader.unit() === space || reader.unit() === 9) reader.forward();
    if (!isBreak(reader.unit())) return breaks;
    breaks += reader.takeBreak();
  }
}

/** @param indent of the block that the scalar is in */
export function scanBlock(reader: TextReader, indent: number): YamlToken {
  const start = reader.offset;
  const style = reader.unit() === 124 ? 'literal' : 'folded';
  reader.forward();
  const { keep, increment } = blockHeader(reader);
  restOfHeader(reader);
  const least = Math.max(1, indent + 1);
  const first = increment === undefined ? leadingBreaks(reader) : undefined;
  const depth = first === undefined ? least + (increment ?? 1) - 1 : Math.max(least, first.depth);
  let breaks = first?.breaks ?? blockBreaks(reader, depth);
  let end = reader.offset;
  let lastBreak = '';
  const pieces: string[] = [];
  while (reader.column === depth && reader.offset < reader.text.length) {
    pieces.push(breaks);
    const isIndented = isBlank(reader.unit());
    const lineStart = reader.offset;
    reader.skipLine();
    pieces.push(reader.text.slice(lineStart, reader.offset));
    end = reader.offset;
    lastBreak = reader.takeBreak();
    breaks = blockBreaks(reader, depth);
    if (reader.column !== depth || reader.offset >= reader.text.length) break;
    const folds =
      style === 'folded' && lastBreak === '\n' && !isIndented && !isBlank(reader.unit());
    if (!folds) pieces.push(lastBreak);
    else if (breaks === '') pieces.push(' ');
  }
  if (keep !== false) pieces.push(lastBreak);
  if (keep === true) pieces.push(breaks);
  return { kind: '<scalar>', start, end, text: pieces.join(''), style };
}

function isBlank(unit: number): boolean {
  return unit === space || unit === 9;
}

interface BlockHeader {
  /** Of the line breaks at the end: all, none, or (undefined) one. */
  readonly keep: boolean | undefined;
  readonly increment: number | undefined;
}

function blockHeader(reader: TextReader): BlockHeader {
  let keep = chomping(reader);
  const increment = indentation(reader);
  if (keep === undefined && increment !== undefined) keep = chomping(reader);
  const unit = reader.unit();
  if (unit !== space && !isBreakOrEnd(unit)) {
    throw reader.stop(`expected chomping or indentation indicators, but found ${reader.shown()}`);
  }
  return { keep, increment };
}

function chomping(reader: TextReader): boolean | undefined {
  const unit = reader.unit();
  if (unit !== 43 && unit !== 45) return undefined;
  reader.forward();
  return unit === 43;
}

function indentation(reader: TextReader): number | undefined {
  const digit = reader.unit() - 48;
  if (digit < 0 || digit > 9) return undefined;
  if (digit === 0) {
    throw reader.stop('expected indentation indicator in the range 1-9, but found 0');
  }
  reader.forward();
  return digit;
}

function restOfHeader(reader: TextReader): void {
  reader.skipSpaces();
  if (reader.unit() === hash) reader.skipLine();
  if (!isBreakOrEnd(reader.unit())) {
    throw reader.stop(`expected a comment or a line break, but found ${reader.shown()}`);
  }
  reader.takeBreak();
}

/** Blank lines before the first one that is not, and how deep the deepest of all these is. */
function leadingBreaks(reader: TextReader): { readonly breaks: string; readonly depth: number } {
  let breaks = '';
  let depth = 0;
  for (;;) {
    reader.skipSpaces();
    depth = Math.max(depth, reader.column);
    if (!isBreak(reader.unit())) return { breaks, depth };
    breaks += reader.takeBreak();
  }
}

function blockBreaks(reader: TextReader, depth: number): string {
  let breaks = '';
  for (;;) {
    while (reader.column < depth && reader.unit() === space) reader.forward();
    if (!isBreak(reader.unit())) return breaks;
    breaks += reader.takeBreak();
  }
}
