/** Text as it is read in a cell of a Markdown table, whatever it holds. */
function cellText(text: string): string {
  return text
    .replaceAll(/[\\`*_[\]<>|~#&]/g, (mark) => `\\${mark}`)
    .replaceAll(/\r\n|\r|\n/g, '<br>');
}

/** A table as GitHub's Markdown has it; all columns but the first are right-aligned if they hold numbers. */
export function markdownTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  areNumbers: boolean,
): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cellText).join(' | ')} |`;
  const marks = header.map((_, column) => (areNumbers && column > 0 ? '---:' : '---'));
  return [line(header), `| ${marks.join(' | ')} |`, ...rows.map(line), ''].join('\n');
}
