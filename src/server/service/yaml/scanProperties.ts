import { isBlankOrEnd, isBreakOrEnd, isBreakSpaceOrEnd, type TextReader } from './textReader';
import type { DirectiveText, TagText, YamlToken } from './yamlToken';

function isWord(unit: number): boolean {
  return (
    (unit >= 48 && unit <= 57) ||
    (unit >= 65 && unit <= 90) ||
    (unit >= 97 && unit <= 122) ||
    unit === 45 ||
    unit === 95
  );
}

function takeWord(reader: TextReader): string {
  const start = reader.offset;
  while (isWord(reader.unit())) reader.forward();
  return reader.text.slice(start, reader.offset);
}

const expectedWord = 'expected alphabetic or numeric character, but found';

/** `&name` or `*name`. */
export function scanAnchor(reader: TextReader): YamlToken {
  const start = reader.offset;
  const kind = reader.unit() === 42 ? '<alias>' : '<anchor>';
  reader.forward();
  const text = takeWord(reader);
  const unit = reader.unit();
  const ends = isBlankOrEnd(unit) || '?:,]}%@`'.includes(String.fromCharCode(unit));
  if (text === '' || !ends) throw reader.stop(`${expectedWord} ${reader.shown()}`);
  return { kind, start, end: reader.offset, text };
}

/** `!`, `!name`, `!!name`, `!handle!name` or `!<name>`. */
export function scanTag(reader: TextReader): YamlToken {
  const start = reader.offset;
  const tag = readTag(reader);
  if (!isBreakSpaceOrEnd(reader.unit())) {
    throw reader.stop(`expected ' ', but found ${reader.shown()}`);
  }
  return { kind: '<tag>', start, end: reader.offset, tag };
}

function readTag(reader: TextReader): TagText {
  const next = reader.unit(1);
  if (next === 60) {
    reader.forward(2);
    const suffix = takeUri(reader);
    if (reader.unit() !== 62) throw reader.stop(`expected '>', but found ${reader.shown()}`);
    reader.forward();
    return { handle: undefined, suffix };
  }
  if (isBlankOrEnd(next)) {
    reader.forward();
    return { handle: undefined, suffix: '!' };
  }
  const handle = hasSecondMark(reader) ? takeHandle(reader) : takeMark(reader);
  return { handle, suffix: takeUri(reader) };
}

function hasSecondMark(reader: TextReader): boolean {
  for (let ahead = 1; ; ahead += 1) {
    const unit = reader.unit(ahead);
    if (unit === 33) return true;
    if (isBreakSpaceOrEnd(unit)) return false;
  }
}

function takeMark(reader: TextReader): string {
  reader.forward();
  return '!';
}

function takeHandle(reader: TextReader): string {
  const start = reader.offset;
  if (reader.unit() !== 33) throw reader.stop(`expected '!', but found ${reader.shown()}`);
  reader.forward();
  if (reader.unit() === 32) return '!';
  takeWord(reader);
  if (reader.unit() !== 33) throw reader.stop(`expected '!', but found ${reader.shown()}`);
  reader.forward();
  return reader.text.slice(start, reader.offset);
}

function isUriPart(unit: number): boolean {
  return (
    isWord(unit) ||
    (unit > 0 && unit < 128 && ";/?:@&=+$,.!~*'()[]%".includes(String.fromCharCode(unit)))
  );
}

function takeUri(reader: TextReader): string {
  const start = reader.offset;
  while (isUriPart(reader.unit())) {
    const isEscape = reader.unit() === 37;
    reader.forward();
    if (!isEscape) continue;
    for (const ahead of [0, 1]) {
      if (/[^0-9A-Fa-f]/.test(String.fromCharCode(reader.unit(ahead)))) {
        throw reader.stop(
          `expected URI escape sequence of 2 hexadecimal numbers, but found ${reader.shown(ahead)}`,
        );
      }
    }
    reader.forward(2);
  }
  if (reader.offset === start) throw reader.stop(`expected URI, but found ${reader.shown()}`);
  return decodeUri(reader, reader.text.slice(start, reader.offset), start);
}

function decodeUri(reader: TextReader, text: string, start: number): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw reader.stop("'utf-8' codec can't decode the escaped bytes", {
      start,
      end: reader.offset,
    });
  }
}

/** `%YAML 1.1`, `%TAG ! prefix` or another one, which is passed over. */
export function scanDirective(reader: TextReader): YamlToken {
  const start = reader.offset;
  reader.forward();
  const name = takeWord(reader);
  if (name === '' || !isBreakSpaceOrEnd(reader.unit())) {
    throw reader.stop(`${expectedWord} ${reader.shown()}`);
  }
  const directive = readDirective(reader, name);
  const end = reader.offset;
  reader.skipSpaces();
  if (reader.unit() === 35) reader.skipLine();
  if (!isBreakOrEnd(reader.unit())) {
    throw reader.stop(`expected a comment or a line break, but found ${reader.shown()}`);
  }
  reader.takeBreak();
  return { kind: '<directive>', start, end, directive };
}

function readDirective(reader: TextReader, name: string): DirectiveText {
  if (name === 'YAML') {
    reader.skipSpaces();
    const major = takeNumber(reader);
    if (reader.unit() !== 46) {
      throw reader.stop(`expected a digit or '.', but found ${reader.shown()}`);
    }
    reader.forward();
    takeNumber(reader);
    if (!isBreakSpaceOrEnd(reader.unit())) {
      throw reader.stop(`expected a digit or ' ', but found ${reader.shown()}`);
    }
    return { name, major };
  }
  if (name !== 'TAG') {
    reader.skipLine();
    return { name: 'other' };
  }
  reader.skipSpaces();
  const handle = takeHandle(reader);
  if (reader.unit() !== 32) throw reader.stop(`expected ' ', but found ${reader.shown()}`);
  reader.skipSpaces();
  const prefix = takeUri(reader);
  if (!isBreakSpaceOrEnd(reader.unit())) {
    throw reader.stop(`expected ' ', but found ${reader.shown()}`);
  }
  return { name, handle, prefix };
}

function takeNumber(reader: TextReader): number {
  const start = reader.offset;
  while (reader.unit() >= 48 && reader.unit() <= 57) reader.forward();
  if (reader.offset === start) {
    throw reader.stop(`expected a digit, but found ${reader.shown()}`);
  }
  return Number(reader.text.slice(start, reader.offset));
}
