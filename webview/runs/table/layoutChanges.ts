import { metricColumn, columnParts } from '../model/columnId';
import type { ColumnId, Pick } from '../model/columnId';
import type { TableLayout } from '../model/tableLayout';

/** The columns with one of them before another, or behind all where there is no other. */
export function movedBefore(
  columns: readonly ColumnId[],
  moved: ColumnId,
  before: ColumnId | undefined,
): readonly ColumnId[] {
  if (moved === before) return columns;
  const others = columns.filter((id) => id !== moved);
  const at = before === undefined ? -1 : others.indexOf(before);
  return at < 0 ? [...others, moved] : others.toSpliced(at, 0, moved);
}

/** Shows another value of a metric in the place of a column. */
export function withPick(
  layout: TableLayout,
  columns: readonly ColumnId[],
  id: ColumnId,
  pick: Pick,
): Partial<TableLayout> {
  const other = metricColumn(columnParts(id).key, pick);
  const replaced = (each: ColumnId): ColumnId => (each === id ? other : each);
  return {
    columns: [...new Set(columns.map(replaced))],
    pinned: new Set([...layout.pinned].map(replaced)),
    widths: new Map([...layout.widths].map(([each, width]) => [replaced(each), width])),
    sort: layout.sort.map((key) => ({ ...key, column: replaced(key.column) })),
  };
}
