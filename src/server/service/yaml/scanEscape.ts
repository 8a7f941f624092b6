import type { TextReader } from './textReader';

const replacements: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '\\': '\\',
  '/': '/',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};

const lengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** What stands for an escape in double quotes; the reader is behind the backslash. */
export function escapedText(reader: TextReader): string {
  const letter = String.fromCharCode(reader.unit());
  const replacement = replacements[letter];
  if (replacement !== undefined && reader.offset < reader.text.length) {
    reader.forward();
    return replacement;
  }
  const length = lengths[letter];
  if (length === undefined) {
    throw reader.stop(`found unknown escape character ${reader.shown()}`);
  }
  reader.forward();
  const digits = reader.text.slice(reader.offset, reader.offset + length);
  const wrong = digits.search(/[^0-9A-Fa-f]/);
  if (wrong !== -1 || digits.length < length) {
    const found = reader.shown(wrong === -1 ? digits.length : wrong);
    throw reader.stop(
      `expected escape sequence of ${length} hexadecimal numbers, but found ${found}`,
    );
  }
  const point = parseInt(digits, 16);
  if (point > 0x10ffff) throw reader.stop('chr() arg not in range(0x110000)');
  reader.forward(length);
  return String.fromCodePoint(point);
}
