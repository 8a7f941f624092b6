import type { Column } from '../model/column';
import { numberInText } from '../model/column';
import type { ColumnId } from '../model/columnId';
import { columnParts } from '../model/columnId';
import type { Aggregate, SortKey } from '../model/tableLayout';
import { figureOf, figuresOf } from './figures';
import type { RunGroup } from './groupRuns';
import { columnOfGroup } from './groupRuns';

const collator = new Intl.Collator(undefined, { numeric: true });

/** What groups are sorted by. */
export interface GroupedColumns {
  column(id: ColumnId): Column | undefined;
  /** Numbers by which runs are sorted upwards by their places, NaN last; `undefined` for a column that there is not. */
  ranks(key: SortKey): Float64Array | undefined;
}

/** Sorts groups, and the groups in them; the columns are those of the table. */
export function sortGroups(
  groups: readonly RunGroup[],
  sort: readonly SortKey[],
  aggregate: Aggregate,
  columns: GroupedColumns,
): readonly RunGroup[] {
  const orders = sort.map((key) => orderBy(key, groups, aggregate, columns));
  // Without any order of their own, groups are told by their values.
  if (sort.length === 0) orders.push(byValue(false));
  return groups
    .toSorted((one, other) => {
      for (const order of orders) {
        const difference = order(one, other);
        if (difference !== 0) return difference;
      }
      return 0;
    })
    .map((group) =>
      group.groups.length === 0
        ? group
        : { ...group, groups: sortGroups(group.groups, sort, aggregate, columns) },
    );
}

type Order = (one: RunGroup, other: RunGroup) => number;

/** By a column without figures, groups stand where the first of their runs would. */
function orderBy(
  key: SortKey,
  groups: readonly RunGroup[],
  aggregate: Aggregate,
  columns: GroupedColumns,
): Order {
  const { column: id, descending } = key;
  const [first] = groups;
  if (first && columnOfGroup(first.by) === id) return byValue(descending);
  const isSummed = hasFigures(id);
  const column = isSummed ? columns.column(id) : undefined;
  const ranks = isSummed ? undefined : columns.ranks(key);
  const figures = new Map(
    groups.map((group) => [
      group,
      isSummed ? figureOf(figuresOf(column, group.runs), aggregate) : firstRank(ranks, group.runs),
    ]),
  );
  return (one, other) => byNumber(figures.get(one), figures.get(other), isSummed && descending);
}

/** `undefined` where no run has a rank. */
function firstRank(ranks: Float64Array | undefined, runs: readonly number[]): number | undefined {
  let least: number | undefined;
  for (const at of runs) {
    const rank = ranks?.[at] ?? NaN;
    if (!Number.isNaN(rank) && (least === undefined || rank < least)) least = rank;
  }
  return least;
}

/** Whether groups have figures in a column, rather than what all their runs have alike. */
export function hasFigures(id: ColumnId): boolean {
  const { kind, key } = columnParts(id);
  return kind === 'metric' || (kind === 'attribute' && key === 'duration');
}

/** What is missing comes last, either way. */
function byNumber(one: number | undefined, other: number | undefined, descending: boolean): number {
  if (one === undefined || other === undefined)
    return Number(one === undefined) - Number(other === undefined);
  // Of infinite ranks the difference would be NaN.
  if (one === other) return 0;
  return descending ? other - one : one - other;
}

function byValue(descending: boolean): Order {
  return ({ value: one }, { value: other }) => {
    if (one === undefined || other === undefined)
      return Number(one === undefined) - Number(other === undefined);
    const difference = compareTexts(one, other);
    return descending ? -difference : difference;
  };
}

/** Numbers first, by their size. */
function compareTexts(one: string, other: string): number {
  const [left, right] = [numberInText(one), numberInText(other)];
  if (Number.isNaN(left) !== Number.isNaN(right)) return Number.isNaN(left) ? 1 : -1;
  if (!Number.isNaN(left) && left !== right) return left < right ? -1 : 1;
  return collator.compare(one, other) || (one < other ? -1 : one > other ? 1 : 0);
}
