import type { RunGroup } from './groupRuns';

/** A row of a table whose runs are grouped; levels count from 1, as `aria-level` does. */
export type GroupedRow =
  | {
      readonly kind: 'group';
      readonly group: RunGroup;
      readonly level: number;
      readonly isOpen: boolean;
    }
  | { readonly kind: 'run'; readonly at: number; readonly level: number };

/** Groups with what is in them, as rows below each other; folded ones, by their keys, are one row. */
export function groupedRows(
  groups: readonly RunGroup[],
  collapsed: ReadonlySet<string>,
): readonly GroupedRow[] {
  const rows: GroupedRow[] = [];
  const add = (group: RunGroup): void => {
    const level = group.depth + 1;
    const isOpen = !collapsed.has(group.key);
    rows.push({ kind: 'group', group, level, isOpen });
    if (!isOpen) return;
    if (group.groups.length > 0) group.groups.forEach(add);
    else for (const at of group.runs) rows.push({ kind: 'run', at, level: level + 1 });
  };
  groups.forEach(add);
  return rows;
}

/** The keys of all groups, for folding all of them. */
export function keysOfGroups(groups: readonly RunGroup[]): readonly string[] {
  return groups.flatMap((group) => [group.key, ...keysOfGroups(group.groups)]);
}
