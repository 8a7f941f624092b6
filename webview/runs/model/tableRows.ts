import { lastResult } from '../../kit/lastResult';
import type { RunGroup } from '../group/groupRuns';
import { parentPlaces } from './families';
import type { BestOf, RunsData } from './runsData';
import { sortRanks } from './sortRanks';
import type { Arrangement, SortKey } from './tableLayout';

/** The rows of the table, from top to bottom. */
export interface TableRows {
  /** The place of a run, or -1 - n for the n-th of {@link groups}. */
  readonly order: Int32Array;
  /** How deep each is nested, from 1. */
  readonly levels: Uint16Array;
  /** Whether each has others below it, and whether they are shown. */
  readonly folding: Uint8Array;
  readonly groups: readonly RunGroup[];
  /** How many runs are put away. */
  readonly hidden: number;
}

export const folding = { none: 0, expanded: 1, collapsed: 2 } as const;

const parentsOf = lastResult((data: RunsData, _revision: number) => parentPlaces(data));

/** Places of the runs that are shown, sorted, without regard to families. */
export function sortedPlaces(
  data: RunsData,
  sort: readonly SortKey[],
  bestOf: BestOf,
  locale: string,
  isShown: (key: string) => boolean,
): Int32Array {
  const { rows } = data;
  const places: number[] = [];
  rows.forEach((row, at) => {
    if (row !== undefined && isShown(row.key)) places.push(at);
  });
  const newestFirst: SortKey = { column: 'attribute:created', descending: true };
  const ranks = [...sort, newestFirst].flatMap(({ column, descending }) => {
    const found = data.column(column, bestOf);
    return found === undefined ? [] : [sortRanks(found, rows.length, descending, locale)];
  });
  return Int32Array.from(places).sort((one, other) => {
    for (const rank of ranks) {
      const [a, b] = [rank[one]!, rank[other]!];
      if (a < b) return -1;
      if (a > b) return 1;
      if (a !== b && Number.isNaN(a) !== Number.isNaN(b)) return Number.isNaN(a) ? 1 : -1;
    }
    return one - other;
  });
}

/** The rows without groups: runs in their order, children below their parents, those that are pinned on top. */
export function runRows(
  data: RunsData,
  layout: Arrangement,
  bestOf: BestOf,
  locale: string,
): TableRows {
  const { hidden, showHidden, sort } = layout;
  const isShown = (key: string): boolean => showHidden || !hidden.has(key);
  const places = sortedPlaces(data, sort, bestOf, locale, isShown);
  const away = [...hidden].filter((key) => data.placeOf(key) !== undefined).length;
  return { ...withFamilies(data, layout, places), groups: [], hidden: away };
}

/** Puts sorted runs below their parents, as far as those are among them. */
export function withFamilies(
  data: RunsData,
  layout: Arrangement,
  places: Int32Array,
): Pick<TableRows, 'order' | 'levels' | 'folding'> {
  const { nested, collapsed } = layout;
  const parents = nested
    ? parentsOf(data, data.revision)
    : new Int32Array(data.rows.length).fill(-1);
  const top = topPlaces(data, layout);
  const isPlaced = new Uint8Array(data.rows.length);
  for (const at of places) isPlaced[at] = 1;
  const children = new Map<number, number[]>();
  const roots: number[] = top.filter((at) => isPlaced[at] === 1);
  const isTop = new Set(roots);
  for (const at of places) {
    if (isTop.has(at)) continue;
    const parent = parents[at]!;
    if (parent < 0 || isPlaced[parent] === 0) roots.push(at);
    else if (children.get(parent)?.push(at) === undefined) children.set(parent, [at]);
  }
  return unfolded(data, places, roots, children, collapsed);
}

/** The baseline and what is pinned, in the order in which they were. */
function topPlaces(data: RunsData, { baseline, pinnedRuns }: Arrangement): number[] {
  const keys = new Set(baseline === undefined ? pinnedRuns : [baseline, ...pinnedRuns]);
  return [...keys].flatMap((key) => data.placeOf(key) ?? []);
}

/** Families from their roots on; runs whose ancestors go round in a circle follow as roots. */
function unfolded(
  data: RunsData,
  places: Int32Array,
  roots: readonly number[],
  children: ReadonlyMap<number, readonly number[]>,
  collapsed: ReadonlySet<string>,
): Pick<TableRows, 'order' | 'levels' | 'folding'> {
  const order = new Int32Array(places.length);
  const levels = new Uint16Array(places.length);
  const folds = new Uint8Array(places.length);
  const isDone = new Uint8Array(data.rows.length);
  let count = 0;
  const walk = (root: number): void => {
    const stack: [at: number, level: number, isSeen: boolean][] = [[root, 1, true]];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const [at, level, isSeen] = next;
      if (isDone[at] === 1) continue;
      isDone[at] = 1;
      const below = children.get(at);
      const isFolded = below !== undefined && collapsed.has(data.rows[at]!.key);
      if (isSeen) {
        order[count] = at;
        levels[count] = level;
        folds[count++] =
          below === undefined ? folding.none : isFolded ? folding.collapsed : folding.expanded;
      }
      for (let index = (below?.length ?? 0) - 1; index >= 0; index--)
        stack.push([below![index]!, Math.min(level + 1, 0xffff), isSeen && !isFolded]);
    }
  };
  roots.forEach(walk);
  places.forEach(walk);
  return {
    order: order.subarray(0, count),
    levels: levels.subarray(0, count),
    folding: folds.subarray(0, count),
  };
}
