import { groupedRows } from '../group/groupedRows';
import { groupRuns } from '../group/groupRuns';
import { sortGroups } from '../group/sortGroups';
import type { GroupedColumns } from '../group/sortGroups';
import type { BestOf, RunsData } from '../model/runsData';
import { sortRanks } from '../model/sortRanks';
import type { Arrangement, SortKey } from '../model/tableLayout';
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
  const columns = columnsOf(data, bestOf, locale);
  const groups = sortGroups(groupRuns(columns, runs, groupBy), sort, aggregate, columns);
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

/** The columns of the table; what they are sorted by is found once for all groups. */
function columnsOf(data: RunsData, bestOf: BestOf, locale: string): GroupedColumns {
  const known = new Map<SortKey, Float64Array | undefined>();
  const ranksBy = ({ column: id, descending }: SortKey): Float64Array | undefined => {
    const column = data.column(id, bestOf);
    return column && sortRanks(column, data.rows.length, descending, locale);
  };
  return {
    column: (id) => data.column(id, bestOf),
    ranks: (key) => {
      const ranks = known.has(key) ? known.get(key) : ranksBy(key);
      known.set(key, ranks);
      return ranks;
    },
  };
}
