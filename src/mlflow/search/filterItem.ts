import type { Span } from './searchProblem';

/**
 * What MLflow's SQL parser makes of a piece of text. The first group are single tokens, the second
 * is built of them:
 * - `name`: a word, or anything in backticks; `symbol`: anything in double quotes
 * - `builtin`, `order`: `timestamp` and its like; `ASC` and `DESC`
 * - `comparison`: `=`, `<`, `LIKE`, …; `operator`: `+`, `-`, `/`, …; `error`: fits nowhere
 * - `identifier`: names joined by dots; `typed`: `date '2001-01-01'`; `operation`: `a - b`;
 *   `clause`: a comparison with both sides; `list`: what commas join
 */
export type ItemKind =
  | 'name'
  | 'symbol'
  | 'string'
  | 'integer'
  | 'float'
  | 'hexadecimal'
  | 'keyword'
  | 'builtin'
  | 'order'
  | 'comparison'
  | 'operator'
  | 'wildcard'
  | 'punctuation'
  | 'error'
  | 'parenthesis'
  | 'identifier'
  | 'typed'
  | 'operation'
  | 'clause'
  | 'list';

export interface Item extends Span {
  readonly kind: ItemKind;
  /** As it is written, blanks included. */
  readonly text: string;
  /** For what was joined around something: both sides and the middle. */
  readonly parts?: readonly [left: Item, middle: Item, right: Item];
}

/** Whether `item` is this keyword, in any case. */
export function isKeyword(item: Item | undefined, word: string): boolean {
  return item?.kind === 'keyword' && item.text.toUpperCase() === word;
}

export function isPunctuation(item: Item | undefined, mark: string): boolean {
  return item?.kind === 'punctuation' && item.text === mark;
}
