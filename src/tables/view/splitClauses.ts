import { TableError } from '../tableError';

/** A piece of what was typed, without blanks around it, and where it begins. */
export interface ClauseText {
  readonly text: string;
  readonly start: number;
}

const words = /\s+(and|or)\s+/iy;
const quotes = '`"\'';

/** Cuts a filter at each `or`, and between them at each `and`; quotes keep both together. */
export function splitClauses(typed: string): readonly (readonly ClauseText[])[] {
  const alternatives: ClauseText[][] = [[]];
  let from = 0;
  const end = (at: number): void => {
    const raw = typed.slice(from, at);
    const text = raw.trim();
    const start = from + raw.length - raw.trimStart().length;
    if (text !== '') alternatives.at(-1)?.push({ text, start });
  };
  let at = 0;
  while (at < typed.length) {
    if (opensQuote(typed, at)) {
      at = closeOf(typed, at) + 1;
      continue;
    }
    words.lastIndex = at;
    const found = words.exec(typed);
    if (found === null) {
      at++;
      continue;
    }
    end(at);
    if (found[1]?.toLowerCase() === 'or') alternatives.push([]);
    from = at = words.lastIndex;
  }
  end(typed.length);
  return alternatives;
}

/** An apostrophe within a word is none. */
function opensQuote(typed: string, at: number): boolean {
  return quotes.includes(typed[at]!) && (at === 0 || /[\s=<>]/.test(typed[at - 1]!));
}

function closeOf(typed: string, open: number): number {
  const mark = typed[open];
  for (let at = open + 1; at < typed.length; at++) {
    if (typed[at] === '\\' && mark !== '`') at++;
    else if (typed[at] === mark) return at;
  }
  throw new TableError('filter', '', { reason: 'quote', start: open, end: typed.length });
}
