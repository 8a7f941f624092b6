/** What a piece of a filter is. */
export type PieceKind = 'key' | 'operator' | 'value' | 'word' | 'open' | 'close';

/** A piece of a filter with its place, in UTF-16 units; `end` is exclusive. */
export interface Piece {
  /** `word` stands between comparisons: AND, OR, or what should not be there. */
  readonly kind: PieceKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const blank = /\s/;
const symbol = /[=<>!]/;
const wordOperator = /^(?:i?like|not\s+(?:in|i?like)|in|is\s+not\s+null|is\s+null)(?![\w.])/i;
/** The beginning of one that takes two words or more. */
const begunOperator = /^(?:not|is(?:\s+not)?)\s*$/i;

/** What is read next. */
type Awaited = 'key' | 'operator' | 'value' | 'word';

/**
 * Cuts a filter into pieces, for completing and for finding where it asks for what MLflow's language cannot say. Whether it is
 * right is judged elsewhere (`checkFilter`): this reads on, whatever comes.
 */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let awaited: Awaited = 'key';
  let at = 0;
  while (at < text.length) {
    const letter = text[at] ?? '';
    if (blank.test(letter)) {
      at++;
      continue;
    }
    const isParenthesis = letter === ')' || (letter === '(' && awaited !== 'value');
    const end: number = isParenthesis ? at + 1 : endOf(text, at, awaited);
    const kind: PieceKind = letter === ')' ? 'close' : isParenthesis ? 'open' : awaited;
    const piece = { kind, text: text.slice(at, end), start: at, end };
    pieces.push(piece);
    awaited = afterPiece(piece, awaited);
    at = end;
  }
  return pieces;
}

function afterPiece({ kind, text }: Piece, awaited: Awaited): Awaited {
  switch (kind) {
    case 'open':
      return 'key';
    case 'close':
      return 'word';
    case 'key':
      // Where a key should be, AND and OR are what they are.
      return 'operator';
    case 'operator':
      return /null$/i.test(text) ? 'word' : begunOperator.test(text) ? awaited : 'value';
    case 'value':
      return 'word';
    case 'word':
      return 'key';
  }
}

/** Where a piece ends, which is behind its first letter at least. */
function endOf(text: string, start: number, awaited: Awaited): number {
  switch (awaited) {
    case 'key':
      return Math.max(start + 1, keyEnd(text, start));
    case 'operator':
      return operatorEnd(text, start);
    case 'value':
      return valueEnd(text, start);
    case 'word':
      return Math.max(start + 1, wordEnd(text, start));
  }
}

function keyEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const letter = text[at] ?? '';
    if (letter === '`' || letter === '"') at = quoteEnd(text, at);
    else if (blank.test(letter) || symbol.test(letter) || letter === '(' || letter === ')') break;
    else at++;
  }
  return at;
}

function operatorEnd(text: string, start: number): number {
  let at = start;
  while (symbol.test(text[at] ?? '')) at++;
  if (at > start) return at;
  const word = wordOperator.exec(text.slice(start));
  return word ? start + word[0].length : Math.max(start + 1, wordEnd(text, start));
}

function valueEnd(text: string, start: number): number {
  const letter = text[start] ?? '';
  if (letter === "'" || letter === '"' || letter === '`') return quoteEnd(text, start);
  if (letter !== '(') return Math.max(start + 1, wordEnd(text, start));
  let at = start + 1;
  while (at < text.length) {
    const inside = text[at] ?? '';
    if (inside === ')') return at + 1;
    at = inside === "'" || inside === '"' ? quoteEnd(text, at) : at + 1;
  }
  return at;
}

/** MLflow knows no escapes: the next quote of the kind ends it. */
function quoteEnd(text: string, start: number): number {
  const end = text.indexOf(text[start] ?? '', start + 1);
  return end < 0 ? text.length : end + 1;
}

function wordEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && !/[\s()]/.test(text[at] ?? '')) at++;
  return at;
}
