import { figuresOf } from '../group/figures';
import type { Figures } from '../group/figures';
import type { RunGroup } from '../group/groupRuns';
import type { Column } from '../model/column';
import type { ColumnId } from '../model/columnId';
import type { TableRows } from '../model/tableRows';
import { columnFigures } from './columnFigures';
import type { ColumnFigures } from './columnFigures';

const ofColumns = new WeakMap<TableRows, Map<ColumnId, ColumnFigures>>();
const ofGroups = new WeakMap<RunGroup, Map<ColumnId, Figures>>();

/** Figures of a column over all rows, which are counted once for an order of the rows. */
export function figuresIn(rows: TableRows, id: ColumnId, column: Column): ColumnFigures {
  return cached(ofColumns, rows, id, () => columnFigures(column, rows));
}

/** What the values of a group amount to, counted once for each group. */
export function groupFigures(group: RunGroup, id: ColumnId, column: Column | undefined): Figures {
  return cached(ofGroups, group, id, () => figuresOf(column, group.runs));
}

function cached<O extends object, T>(
  cache: WeakMap<O, Map<ColumnId, T>>,
  owner: O,
  id: ColumnId,
  compute: () => T,
): T {
  let known = cache.get(owner);
  if (known === undefined) cache.set(owner, (known = new Map<ColumnId, T>()));
  const found = known.get(id);
  if (found !== undefined) return found;
  const made = compute();
  known.set(id, made);
  return made;
}
