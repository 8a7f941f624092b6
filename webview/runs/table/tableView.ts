import type { Direction } from '../../kit/direction';
import type { ColumnId } from '../model/columnId';
import { nameColumn } from '../model/columnId';
import type { BestOf } from '../model/runsData';
import type { Arrangement } from '../model/tableLayout';
import type { TableRows } from '../model/tableRows';
import { lastResult } from '../../kit/lastResult';
import { shownColumns } from '../state';
import type { PageState } from '../state';
import { arrange } from './arrange';
import { bestOf, directionsOf } from './directions';

/** What the table shows, made from the page's state. */
export interface TableView {
  readonly state: PageState;
  readonly rows: TableRows;
  /** The name first, then those that are pinned, then the others. */
  readonly columns: readonly ColumnId[];
  readonly directionOf: (metric: string) => Direction;
  readonly bestOf: BestOf;
  /** Rows by the keys of their runs and groups. */
  rowOf(key: string): number | undefined;
  /** The key of a row's run or group. */
  keyOf(row: number): string;
  /** The keys of the runs that a row stands for. */
  runsOf(row: number): readonly string[];
}

const directions = lastResult(directionsOf);
const best = lastResult(bestOf);

const arranged = lastResult(
  (data: PageState['data'], _revision: number, layout: Arrangement, best: BestOf, locale: string) =>
    arrange(data, layout, best, locale),
);

/** The same object while nothing changes that rows are ordered by: resizing a column is no reason to sort. */
const arrangementOf = lastResult(
  (
    sort: Arrangement['sort'],
    groupBy: Arrangement['groupBy'],
    aggregate: Arrangement['aggregate'],
    nested: boolean,
    collapsed: ReadonlySet<string>,
    hidden: ReadonlySet<string>,
    showHidden: boolean,
    pinnedRuns: ReadonlySet<string>,
    baseline: string | undefined,
  ): Arrangement => ({
    ...{ sort, groupBy, aggregate, nested, collapsed },
    ...{ hidden, showHidden, pinnedRuns, baseline },
  }),
);

const ordered = lastResult((columns: readonly ColumnId[], pinned: ReadonlySet<ColumnId>) => [
  nameColumn,
  ...columns.filter((id) => pinned.has(id)),
  ...columns.filter((id) => !pinned.has(id)),
]);

export function tableView(state: PageState): TableView {
  const { data, revision, layout, locale, experiments } = state;
  const directionOf = directions(experiments, layout.directions);
  const bestColumn = best(directionOf);
  const { sort, groupBy, aggregate, nested, collapsed, hidden } = layout;
  const { showHidden, pinnedRuns, baseline } = layout;
  const arrangement = arrangementOf(
    ...([sort, groupBy, aggregate, nested, collapsed, hidden] as const),
    ...([showHidden, pinnedRuns, baseline] as const),
  );
  const rows = arranged(data, revision, arrangement, bestColumn, locale);
  const keyOf = (row: number): string => {
    const at = rows.order[row];
    if (at === undefined) return '';
    return at < 0 ? (rows.groups[-1 - at]?.key ?? '') : (data.rows[at]?.key ?? '');
  };
  let byKey: ReadonlyMap<string, number> | undefined;
  const keysByRow = (): ReadonlyMap<string, number> =>
    new Map(Array.from(rows.order, (_, row) => [keyOf(row), row]));
  return {
    state,
    rows,
    columns: ordered(shownColumns(state), layout.pinned),
    directionOf,
    bestOf: bestColumn,
    keyOf,
    rowOf: (key) => (byKey ??= keysByRow()).get(key),
    runsOf: (row) => {
      const at = rows.order[row];
      if (at === undefined) return [];
      const places = at < 0 ? (rows.groups[-1 - at]?.runs ?? []) : [at];
      return places.flatMap((place) => data.rows[place]?.key ?? []);
    },
  };
}
