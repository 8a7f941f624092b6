/**
 * Splits a text into words as Python's `shlex.split` does, backticks being taken for double quotes:
 * quotes go, and what they hold stays together.
 *
 * @returns `undefined` when a quote is not closed
 */
export function shellWords(text: string): readonly string[] | undefined {
  const words: string[] = [];
  const piece = /[ \t\r\n]+|'([^']*)'|["`]((?:[^"`\\]|\\[^])*)["`]|\\([^])|[^ \t\r\n'"`\\]+/y;
  let open = false;
  for (let at = 0; at < text.length; at = piece.lastIndex) {
    piece.lastIndex = at;
    const found = piece.exec(text);
    if (!found) {
      return undefined;
    }
    const [whole, single, double, escaped] = found;
    const inside = single ?? double?.replaceAll(/\\(["`\\])/g, '$1') ?? escaped ?? whole;
    if (whole.trim() === '' && single === undefined && double === undefined) {
      open = false;
    } else if (open) {
      words[words.length - 1] += inside;
    } else {
      words.push(inside);
      open = true;
    }
  }
  return words;
}
