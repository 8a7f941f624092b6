/** As much of a text from a file as is shown. */
const longest = 200;

/** A text from a file as code in Markdown, on one line: nothing in it is taken for Markdown. */
export function markdownCode(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  const shown = line.length > longest ? `${line.slice(0, longest)}…` : line;
  const runs = shown.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const isEdge = shown.startsWith('`') || shown.endsWith('`') || shown === '';
  return isEdge ? `${fence} ${shown} ${fence}` : `${fence}${shown}${fence}`;
}
