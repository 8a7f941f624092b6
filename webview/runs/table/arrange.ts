import { groupedRows } from '../group/groupedRows';
import { groupRuns } from '../group/groupRuns';
import { sortGroups } from '../group/sortGroups';
import type { BestOf, RunsData } from '../model/runsData';
import type { Arrangement } from '../model/tableLayout';
import { folding, runRows, sortedPlaces } from '../model/tableRows';
import type { TableRows } from '../model/tableRows';

/** The rows of the table: runs in families, or in groups where a person wants those. */
export function arrange(
  data: RunsData,
  layout: Arrangement,
  bestOf: BestOf,
  locale: string,
): TableRows {
  return layout.groupBy.length === 0
    ? runRows(data, layout, bestOf, locale)
    : groupRows(data, layout, bestOf, locale);
}

function groupRows(data: RunsData, layout: Arrangement, bestOf: BestOf, locale: string): TableRows {
  const { hidden, showHidden, sort, groupBy, aggregate, collapsed } = layout;
  const isShown = (key: string): boolean => showHidden || !hidden.has(key);
  const places = sortedPlaces(data, sort, bestOf, locale, isShown);
  const runs = [...places].filter((at) => data.rows[at]?.outside !== true);
  const columnOf = (id: Parameters<RunsData['column']>[0]): ReturnType<RunsData['column']> =>
    data.column(id, bestOf);
  const groups = sortGroups(
    groupRuns({ column: columnOf }, runs, groupBy),
    sort,
    aggregate,
    columnOf,
  );
  const rows = groupedRows(groups, collapsed);
  const found = rows.flatMap((row) => (row.kind === 'group' ? [row.group] : []));
  let next = 0;
  return {
    order: Int32Array.from(rows, (row) => (row.kind === 'group' ? -1 - next++ : row.at)),
    levels: Uint16Array.from(rows, ({ level }) => level),
    folding: Uint8Array.from(rows, (row) =>
      row.kind === 'run' ? folding.none : row.isOpen ? folding.expanded : folding.collapsed,
    ),
    groups: found,
    hidden: [...hidden].filter((key) => data.placeOf(key) !== undefined).length,
  };
}
