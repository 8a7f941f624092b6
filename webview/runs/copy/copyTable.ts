import { markdownTable } from '../../kit/markdownTable';

/** Cells as they are copied: in full. */
export interface CopiedTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Whether all columns but the first are numbers. */
  readonly areNumbers?: boolean | undefined;
}

/**
 * Text with tabs between cells, as spreadsheets take it: what holds a tab, a line break or a quote is quoted. One cell
 * alone is copied as it is.
 */
export function copyAsText({ header, rows }: CopiedTable): string {
  const [only] = rows;
  if (header.length === 0 && rows.length === 1 && only?.length === 1) return only[0] ?? '';
  const all = header.length === 0 ? rows : [header, ...rows];
  return all.map((cells) => cells.map(textCell).join('\t')).join('\n');
}

function textCell(text: string): string {
  return /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function copyAsMarkdown({ header, rows, areNumbers = false }: CopiedTable): string {
  return markdownTable(header, rows, areNumbers);
}
