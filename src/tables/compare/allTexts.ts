import type { HeldTable } from '../heldTable';

/** All cells of a column as texts. */
export async function allTexts(
  table: HeldTable,
  column: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const texts: string[] = [];
  for await (const { from, count, text } of table.pieces(column, signal)) {
    for (let at = 0; at < count; at++) texts[from + at] = text(at);
  }
  return texts;
}
