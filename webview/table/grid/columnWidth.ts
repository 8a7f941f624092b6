/** About as wide as a letter is, in pixels, and what stands beside a title. */
const letter = 8;
const wideLetter = 13;
const besideTitle = 46;
const besideText = 20;
const least = 64;
const most = 320;

/** A width with which a column's title and the first of its cells can be read, as far as that is reasonable. */
export function usualWidth(title: string, texts: readonly string[]): number {
  const lengths = texts.map(widthOf).toSorted((one, other) => one - other);
  const usual = lengths[Math.floor(lengths.length * 0.95)] ?? 0;
  const wanted = Math.max(widthOf(title) + besideTitle, usual + besideText);
  return Math.round(Math.max(least, Math.min(most, wanted)));
}

/** Letters of Chinese, Japanese and Korean are twice as wide. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text.slice(0, 60)) width += character >= '\u1100' ? wideLetter : letter;
  return width;
}
