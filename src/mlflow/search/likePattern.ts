export interface LikeRules {
  readonly ignoreCase: 'no' | 'ascii' | 'unicode';
  /** Whether `%` and `_` stand for line breaks, too. */
  readonly acrossLines: boolean;
}

/**
 * A test for a LIKE pattern: `%` is any text, `_` any one character, and there is no escape. It takes
 * time in the order of pattern × text at worst, whatever they are.
 */
export function likePattern(pattern: string, rules: LikeRules): (text: string) => boolean {
  const fold = folds[rules.ignoreCase];
  const wanted = Array.from(fold(pattern));
  return (text) => {
    const characters = Array.from(fold(text));
    if (isLike(characters, wanted, rules.acrossLines)) {
      return true;
    }
    // Python's `$`, which ends the pattern in folders, lets one line break follow.
    const mayEndEarly = !rules.acrossLines && characters.at(-1) === '\n';
    return mayEndEarly && isLike(characters.slice(0, -1), wanted, false);
  };
}

const folds: Readonly<Record<LikeRules['ignoreCase'], (text: string) => string>> = {
  no: (text) => text,
  ascii: (text) => text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase()),
  unicode: (text) => Array.from(text, foldCharacter).join(''),
};

/** By way of the capital, so that ς is σ; characters whose other case is two are left alone. */
function foldCharacter(character: string): string {
  const upper = character.toUpperCase();
  const lower = (upper.length === character.length ? upper : character).toLowerCase();
  return lower.length === character.length ? lower : character;
}

/** The usual walk: on a mismatch, the last `%` takes one character more. */
function isLike(
  text: readonly string[],
  pattern: readonly string[],
  acrossLines: boolean,
): boolean {
  const isLast = (at: number): boolean => at === pattern.length - 1;
  let at = 0;
  let percent = -1;
  let resume = 0;
  for (let index = 0; index < text.length;) {
    const wanted = pattern[at];
    const character = text[index];
    if (wanted === '%') {
      if (isLast(at)) {
        return true;
      }
      percent = at++;
      resume = index;
    } else if (wanted === '_' ? acrossLines || character !== '\n' : wanted === character) {
      at += 1;
      index += 1;
    } else if (percent >= 0 && (acrossLines || text[resume] !== '\n')) {
      at = percent + 1;
      index = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[at] === '%') {
    at += 1;
  }
  return at === pattern.length;
}
