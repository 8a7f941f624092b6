import type { Column } from '../model/column';
import type { ColumnId } from '../model/columnId';
import { attributeNames } from '../model/columnId';
import type { GroupKey } from '../model/tableLayout';

/** Runs that have the same value, or none, of what they are grouped by. */
export interface RunGroup {
  /** Tells the group from all others and from runs, over readings too. */
  readonly key: string;
  readonly by: GroupKey;
  /** `undefined` for runs that have none. */
  readonly value: string | undefined;
  /** 0 for an outermost group. */
  readonly depth: number;
  /** Places of all runs in it, in the order in which they came. */
  readonly runs: readonly number[];
  /** The groups in it; empty for an innermost one. */
  readonly groups: readonly RunGroup[];
}

/** Gives the columns that runs are grouped by. */
export interface GroupedData {
  column(id: ColumnId): Column | undefined;
}

/** The column of a group key; `undefined` for an attribute that there is not. */
export function columnOfGroup({ kind, key }: GroupKey): ColumnId | undefined {
  if (kind !== 'attribute') return `${kind}:${key}`;
  const name = attributeNames.find((each) => each === key);
  return name && `attribute:${name}`;
}

/** Puts runs together; groups and their runs are in the order of `runs`, those without a value last. */
export function groupRuns(
  data: GroupedData,
  runs: readonly number[],
  by: readonly GroupKey[],
): readonly RunGroup[] {
  return inner(data, runs, by, []);
}

function inner(
  data: GroupedData,
  runs: readonly number[],
  by: readonly GroupKey[],
  path: readonly (string | null)[],
): readonly RunGroup[] {
  const group = by[path.length];
  if (group === undefined) return [];
  const id = columnOfGroup(group);
  const column = id && data.column(id);
  const members = new Map<string | undefined, number[]>();
  for (const at of runs) {
    const value = column?.has(at) === true ? column.text(at) : undefined;
    const known = members.get(value);
    if (known) known.push(at);
    else members.set(value, [at]);
  }
  const missing = members.get(undefined);
  members.delete(undefined);
  if (missing) members.set(undefined, missing);
  return Array.from(members, ([value, found]) => {
    const own = [...path, value ?? null];
    return {
      key: `group:${JSON.stringify([by.slice(0, own.length).map(({ kind, key }) => [kind, key]), own])}`,
      by: group,
      value,
      depth: path.length,
      runs: found,
      groups: inner(data, found, by, own),
    };
  });
}
