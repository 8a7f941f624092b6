/** The text without its `|`, and where that was; a text without one, or with two, is a mistake in the test. */
export function atCursor(marked: string): { text: string; offset: number } {
  const offset = marked.indexOf('|');
  if (offset === -1 || marked.includes('|', offset + 1)) {
    throw new Error(`expected one | in ${JSON.stringify(marked)}`);
  }
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}
