import type { Item } from './filterItem';
import { pythonRepr } from './pythonText';
import type { SearchDialect } from './searchDialect';
import { giveUp, refuse } from './searchProblem';

const piece =
  /([ \t]+)|(\r\n|\r|\n)|(,)|('[^'\\\r\n]*'|"[^"\\\r\n]*")|(-?\d+)|([\p{L}_][\p{L}\p{N}_]*)/uy;

interface Piece {
  readonly kind: 'blank' | 'newline' | 'comma' | 'text' | 'integer' | 'word';
  readonly text: string;
}
const kinds = ['blank', 'newline', 'comma', 'text', 'integer', 'word'] as const;

const expected = 'While parsing a list in the query, expected';
const empty = `${expected} a non-empty list of string values, but got empty list`;
const illFormed = `${expected} a non-empty list of string values, but got ill-formed list.`;
const otherTypes = `${expected} string value, punctuation, or whitespace, but got different type in list: `;

/**
 * Reads `('a', 'b')`. MLflow 3 takes it for a Python literal, MLflow 2 looks at the SQL first and
 * leaves out what is not in small letters, as ids of runs are.
 */
export function readList(item: Item, dialect: SearchDialect): readonly string[] {
  const pieces = piecesOf(item);
  if (dialect.version === 2) {
    checkSql(item, pieces);
  }
  const solid = pieces.filter(({ kind }) => kind !== 'blank' && kind !== 'newline');
  checkCommas(item, solid);
  const values = solid.filter(({ kind }) => kind !== 'comma');
  if (values.some(({ kind }) => kind === 'word')) {
    refuse(otherTypes + item.text, item);
  }
  if (values.some(({ kind }) => kind !== 'text')) {
    refuse(otherTypes + pythonTuple(values), item);
  }
  const texts = values.map(({ text }) => text.slice(1, -1));
  return dialect.version === 2 ? texts.filter(isSmall) : texts;
}

function piecesOf(item: Item): readonly Piece[] {
  const inside = item.text.slice(1, -1);
  const pieces: Piece[] = [];
  for (let at = 0; at < inside.length;) {
    piece.lastIndex = at;
    const found = piece.exec(inside) ?? giveUp(item);
    const kind = kinds[found.slice(1).findIndex((group) => group !== undefined)] ?? giveUp(item);
    pieces.push({ kind, text: found[0] });
    at += found[0].length;
  }
  return pieces;
}

/** Values with commas between them, and maybe one at the end. */
function checkCommas(item: Item, pieces: readonly Piece[]): void {
  if (pieces.length === 0) {
    refuse(empty, item);
  }
  pieces.forEach(({ kind }, index) => {
    const shouldBeComma = index % 2 === 1;
    if (shouldBeComma && kind !== 'comma') {
      giveUp(item);
    }
    if (!shouldBeComma && kind === 'comma') {
      refuse(illFormed, item);
    }
  });
}

/** What MLflow 2 demands: one text, or texts in single quotes that commas join; no blank in front. */
function checkSql(item: Item, pieces: readonly Piece[]): void {
  const [first, second] = pieces;
  if (!first) {
    refuse(empty, item);
  }
  const isSingle = ({ text }: Piece): boolean => text.startsWith("'");
  if (pieces.length === 1 && isSingle(first)) {
    return;
  }
  const solid = pieces.filter(({ kind }) => kind !== 'blank' && kind !== 'newline');
  const starts = first.kind !== 'blank' && first.kind !== 'newline' && first.kind !== 'comma';
  const third = solid[2];
  if (!starts || !second || solid[1]?.kind !== 'comma' || !third || third.kind === 'comma') {
    refuse(illFormed, item);
  }
  const fits = ({ kind, text }: Piece): boolean =>
    kind === 'blank' || kind === 'comma' || text.startsWith("'");
  const joined = pieces.slice(
    0,
    pieces.indexOf(solid.findLast(({ kind }) => kind !== 'comma') ?? first) + 1,
  );
  if (!joined.every(fits)) {
    refuse(otherTypes + item.text, item);
  }
}

function pythonTuple(values: readonly Piece[]): string {
  const shown = values.map(({ kind, text }) =>
    kind === 'text' ? pythonRepr(text.slice(1, -1)) : text.replace(/^(-?)0+(?=\d)/, '$1'),
  );
  return shown.length === 1 ? `(${shown[0]},)` : `(${shown.join(', ')})`;
}

/** Python's `str.islower`. */
function isSmall(text: string): boolean {
  return /\p{Lowercase}/u.test(text) && !/[\p{Uppercase}\p{Lt}]/u.test(text);
}
