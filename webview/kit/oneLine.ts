const longestInCell = 1000;
const longestInHint = 4000;

/** The beginning of a text, its line breaks as signs. */
export function oneLine(text: string, longest = longestInCell): string {
  return cut(text, longest).replaceAll(/\r\n|\r|\n/g, ' ⏎ ');
}

/** A text as a hover says it. */
export function hintText(text: string): string {
  return cut(text, longestInHint);
}

function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
