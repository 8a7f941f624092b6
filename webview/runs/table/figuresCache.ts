import { figuresOf } from '../group/figures';
import type { Figures } from '../group/figures';
import type { RunGroup } from '../group/groupRuns';
import { commonText } from '../group/groupTexts';
import type { Column } from '../model/column';
import type { ColumnId } from '../model/columnId';
import type { TableRows } from '../model/tableRows';
import { columnFigures } from './columnFigures';
import type { ColumnFigures } from './columnFigures';
import type { TableView } from './tableView';

const ofColumns = new WeakMap<TableRows, Map<ColumnId, ColumnFigures>>();
const ofGroups = new WeakMap<RunGroup, Map<ColumnId, Figures>>();
const textsOfGroups = new WeakMap<RunGroup, Map<ColumnId, string>>();

/** Figures of a column over all rows, which are counted once for an order of the rows. */
export function figuresIn(
  { rows, state: { data } }: TableView,
  id: ColumnId,
  column: Column,
): ColumnFigures {
  const isOutside = (at: number): boolean => data.rows[at]?.outside === true;
  return cached(ofColumns, rows, id, () => columnFigures(column, rows, isOutside));
}

/** What the values of a group amount to, counted once for each group. */
export function groupFigures(group: RunGroup, id: ColumnId, column: Column | undefined): Figures {
  return cached(ofGroups, group, id, () => figuresOf(column, group.runs));
}

/** What the runs of a group have in a column of texts, found once for each group. */
export function groupCommonText(group: RunGroup, id: ColumnId, column: Column | undefined): string {
  return cached(textsOfGroups, group, id, () => commonText(column, group.runs));
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
