import type { Column } from '../model/column';
import { numberInText } from '../model/column';
import type { ColumnId } from '../model/columnId';
import { columnParts } from '../model/columnId';
import type { Aggregate, SortKey } from '../model/tableLayout';
import { figureOf, figuresOf } from './figures';
import type { RunGroup } from './groupRuns';
import { columnOfGroup } from './groupRuns';

const collator = new Intl.Collator(undefined, { numeric: true });

/** Sorts groups, and the groups in them; the columns are those of the table. */
export function sortGroups(
  groups: readonly RunGroup[],
  sort: readonly SortKey[],
  aggregate: Aggregate,
  columnOf: (id: ColumnId) => Column | undefined,
): readonly RunGroup[] {
  const orders = sort.flatMap((key) => orderBy(key, groups, aggregate, columnOf) ?? []);
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
        : { ...group, groups: sortGroups(group.groups, sort, aggregate, columnOf) },
    );
}

type Order = (one: RunGroup, other: RunGroup) => number;

/** `undefined` for a column by which the order of the runs decides: groups stand where their first run does. */
function orderBy(
  { column: id, descending }: SortKey,
  groups: readonly RunGroup[],
  aggregate: Aggregate,
  columnOf: (id: ColumnId) => Column | undefined,
): Order | undefined {
  const [first] = groups;
  if (first && columnOfGroup(first.by) === id) return byValue(descending);
  if (!hasFigures(id)) return undefined;
  const column = columnOf(id);
  const figures = new Map(
    groups.map((group) => [group, figureOf(figuresOf(column, group.runs), aggregate)]),
  );
  return (one, other) => byNumber(figures.get(one), figures.get(other), descending);
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
