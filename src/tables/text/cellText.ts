import type { Buffer } from 'node:buffer';

/** The text of a cell as it stands in the file, its quotes taken off. Bytes that are no UTF-8 become replacement characters. */
export function cellText(bytes: Buffer, start: number, end: number): string {
  if (bytes[start] !== 0x22 || start >= end) {
    return bytes.toString('utf8', start, end);
  }
  return unquoted(bytes.toString('utf8', start, end));
}

function unquoted(text: string): string {
  let from = 1;
  let found = '';
  for (;;) {
    const close = text.indexOf('"', from);
    if (close < 0) {
      return found + text.slice(from);
    }
    found += text.slice(from, close);
    if (text[close + 1] !== '"') {
      return found + text.slice(close + 1);
    }
    found += '"';
    from = close + 2;
  }
}
