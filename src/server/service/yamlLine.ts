/** What a line of block YAML shows by itself, without the lines before it. Columns count from 0. */
export interface YamlLine {
  readonly isBlank: boolean;
  /** The white space at its start; of a blank line, all of it. */
  readonly indent: number;
  /** The columns of the dashes that begin items of lists. */
  readonly dashes: readonly number[];
  readonly contentStart: number;
  /** From the first character that is neither indentation nor a dash, without a comment. */
  readonly content: string;
  /** Without quotes; undefined where no colon ends a key. */
  readonly key: string | undefined;
  /** Where that colon is. */
  readonly colon: number | undefined;
  /** What follows the key, or all of the content where there is no key; without anchors and tags. */
  readonly value: string;
  readonly valueStart: number;
  readonly hasComment: boolean;
}

export function readLine(text: string): YamlLine {
  const indent = skipSpace(text, 0);
  const dashes: number[] = [];
  let start = indent;
  while (text[start] === '-' && isSpace(text[start + 1])) {
    dashes.push(start);
    start = skipSpace(text, start + 1);
  }
  const { colon, comment } = findMarks(text, start);
  const end = trimEnd(text, start, comment ?? text.length);
  const valueStart = skipProperties(text, skipSpace(text, colon === undefined ? start : colon + 1));
  return {
    isBlank: skipSpace(text, 0) === text.length,
    indent,
    dashes,
    contentStart: start,
    content: text.slice(indent, end),
    key: colon === undefined ? undefined : unquote(text.slice(start, trimEnd(text, start, colon))),
    colon,
    value: text.slice(valueStart, Math.max(valueStart, end)),
    valueStart,
    hasComment: comment !== undefined,
  };
}

/** The colon that ends a key, and the `#` that begins a comment; quoted ones do not count. */
function findMarks(text: string, start: number): { colon?: number; comment?: number } {
  let quote = '';
  let colon: number | undefined;
  let fresh = true;
  const found = (comment?: number): { colon?: number; comment?: number } => ({
    ...(colon === undefined ? {} : { colon }),
    ...(comment === undefined ? {} : { comment }),
  });
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (quote !== '') {
      if (character === '\\' && quote === '"') at += 1;
      else if (character === quote) quote = '';
      continue;
    }
    if (fresh && (character === '"' || character === "'")) quote = character;
    else if (character === '#' && (at === 0 || isSpace(text[at - 1]))) return found(at);
    else if (fresh && (character === '{' || character === '[')) return found();
    else if (colon === undefined && character === ':' && isSpace(text[at + 1])) {
      colon = at;
      fresh = true;
      continue;
    }
    if (!isSpace(character)) fresh = false;
  }
  return found();
}

function isSpace(character: string | undefined): boolean {
  return character === undefined || character === ' ' || character === '\t' || character === '\r';
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length && isSpace(text[at])) at += 1;
  return at;
}

function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isSpace(text[at - 1])) at -= 1;
  return at;
}

/** Past `&anchor` and `!tag`. */
function skipProperties(text: string, start: number): number {
  let at = start;
  while (text[at] === '&' || text[at] === '!') {
    while (at < text.length && !isSpace(text[at])) at += 1;
    at = skipSpace(text, at);
  }
  return at;
}

function unquote(key: string): string {
  const [first] = key;
  const quoted = key.length > 1 && (first === '"' || first === "'") && key.endsWith(first);
  return quoted ? key.slice(1, -1) : key;
}
