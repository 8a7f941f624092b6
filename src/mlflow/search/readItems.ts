import type { Item, ItemKind } from './filterItem';
import { giveUp } from './searchProblem';

/** MLflow's SQL parser (sqlparse) gives up beyond this, in its newer releases. */
const mostTokens = 10_000;

/** Python's `\w`; JavaScript's knows ASCII only. */
const word = String.raw`[\p{L}\p{N}_]`;
const noWord = `(?!${word})`;
const letter = '[A-ZÀ-Ü]';
const blank = String.raw`[ \t\n\r\f\v]`;

/**
 * How sqlparse 0.6 cuts a text, as far as a filter can be taken by it: the first rule that fits
 * wins. `unclear` is what would lead to comments, casts, placeholders, brackets and functions.
 */
const rules: readonly (readonly [ItemKind | 'blank' | 'word' | 'unclear', RegExp])[] = (
  [
    ['unclear', String.raw`--|/\*|::|:=|->|[#$@?%\\[\]´]|[+/^&|-]+[@#%]`],
    ['unclear', `(?<!${word}):(?=${word})`],
    ['unclear', String.raw`(?![0-9])\p{Nd}|(?!${blank})[\s\x1c-\x1f\x85]`],
    ['blank', blank],
    ['wildcard', String.raw`\*`],
    ['name', '`(?:``|[^`])*`'],
    ['keyword', `(?:CASE|IN|VALUES|USING|FROM|AS)${noWord}`],
    ['name', String.raw`${letter}${word}*(?=${blank}*\.(?!\d))`],
    ['name', String.raw`(?<=\.)${letter}${word}*`],
    ['unclear', String.raw`${letter}${word}*(?=\()`],
    ['hexadecimal', String.raw`-?0x[\dA-F]+`],
    ['float', String.raw`-?\d+(?:\.\d+)?E-?\d+`],
    ['float', String.raw`-?(?:\d+\.\d*|\.\d+)(?![_A-ZÀ-Ü])`],
    ['integer', String.raw`-?\d+(?![_A-ZÀ-Ü])`],
    ['string', String.raw`'[^'\\]*(?:(?:''|\\'|\\)[^'\\]*)*'`],
    ['symbol', String.raw`"[^"\\]*(?:(?:""|\\"|\\)[^"\\]*)*"`],
    ['unclear', String.raw`AT${blank}+TIME${blank}+ZONE${blank}+'[^']+'`],
    ['keyword', `NOT${blank}+NULL${noWord}`],
    ['order', `(?:ASC|DESC)(?:${blank}+NULLS${blank}+(?:FIRST|LAST))?${noWord}`],
    ['order', `NULLS${blank}+(?:FIRST|LAST)${noWord}`],
    ['comparison', `(?:NOT${blank}+)?[IR]?LIKE${noWord}`],
    ['comparison', `(?:NOT${blank}+)?REGEXP(?:${blank}+BINARY)?${noWord}`],
    ['word', `${word}[$#\\p{L}\\p{N}_]*`],
    ['punctuation', '[;:(),.]'],
    ['operator', '-'],
    ['comparison', '[<>=~!]+'],
    ['operator', '[+/^&|-]+'],
    ['error', '[^]'],
  ] as const
).map(([kind, pattern]) => [kind, new RegExp(pattern, 'iuy')]);

/**
 * Words that are no names for sqlparse, as far as people type them. Whether a word is one changes
 * the words of a refusal, never whether there is one: what a filter may name is no keyword, but for
 * `parameter` and `parameters`, which are names only before a dot and no digit.
 */
const keywords = new Set(
  (
    'AND OR NOT NULL IS BETWEEN EXISTS LIMIT ORDER BY GROUP SELECT WHERE CONTAINS MATCH TRUE FALSE ' +
    'NONE TYPE TIME KEY USER VERSION ALIAS SOURCE OWNER DATA WITH WITHOUT ON OFF IF THEN ELSE END ' +
    'FOR TO ALL ANY SOME UNION JOIN COUNT MIN MAX SUM AVG BEGIN PARAMETER PARAMETERS'
  ).split(' '),
);
const builtins = new Set('TIMESTAMP DATE TEXT INT INTEGER FLOAT BOOLEAN NUMBER'.split(' '));

function kindOfWord(text: string): ItemKind {
  const upper = text.toUpperCase();
  if (keywords.has(upper)) {
    return 'keyword';
  }
  return builtins.has(upper) ? 'builtin' : 'name';
}

/** Cuts a filter or an order into tokens; blanks between them are left out. */
export function readItems(text: string): readonly Item[] {
  const items: Item[] = [];
  let tokens = 0;
  for (let start = 0; start < text.length;) {
    const [kind, value] = tokenAt(text, start);
    const end = start + value.length;
    tokens += 1;
    if (kind === 'unclear' || tokens > mostTokens) {
      giveUp({ start, end });
    }
    if (kind !== 'blank') {
      items.push({ kind: kind === 'word' ? kindOfWord(value) : kind, text: value, start, end });
    }
    start = end;
  }
  return items;
}

function tokenAt(text: string, start: number): readonly [(typeof rules)[number][0], string] {
  for (const [kind, rule] of rules) {
    rule.lastIndex = start;
    const found = rule.exec(text);
    if (found) {
      return [kind, found[0]];
    }
  }
  throw new RangeError(`no rule fits at ${start}`);
}
