import { fieldsOf, flagOf, isShortText, numberOf, shortTexts, textsOf } from '../../kit/fields';
import type { Direction } from '../../kit/direction';
import { changedAtOf, latestOf } from '../../kit/latestLayout';
import { readColumnId } from './columnId';
import type { ColumnId } from './columnId';
import { aggregates, columnWidths, defaultLayout, timeSpans } from './tableLayout';
import type { GroupKey, SortKey, TableLayout } from './tableLayout';

const mostColumns = 2000;
const mostFilters = 20;
const mostSortKeys = 8;
const mostGroups = 4;
const mostRelations = 20;
const longestRelation = 20_000;
const longestFilter = 10_000;
const views = ['active', 'deleted', 'all'] as const;

/** The members of a JSON array, as many as are sane. */
function listOf(value: unknown, most: number): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]).slice(0, most) : [];
}

function pairsOf(value: unknown): readonly (readonly unknown[])[] {
  return listOf(value, mostColumns).filter((pair) => Array.isArray(pair));
}

function oneOf<T extends string>(value: unknown, known: readonly T[], usual: T): T {
  return known.find((each) => each === value) ?? usual;
}

function columnsOf(value: unknown): readonly ColumnId[] {
  const ids = listOf(value, mostColumns).flatMap((id) => readColumnId(id) ?? []);
  return [...new Set(ids)].filter((id) => id !== 'attribute:name');
}

function sortOf(value: unknown): readonly SortKey[] {
  return listOf(value, mostSortKeys).flatMap((each) => {
    const { column, descending } = fieldsOf(each);
    const id = readColumnId(column);
    return id === undefined ? [] : [{ column: id, descending: flagOf(descending, false) }];
  });
}

function groupsOf(value: unknown): readonly GroupKey[] {
  return listOf(value, mostGroups).flatMap((each): GroupKey[] => {
    const { kind, key } = fieldsOf(each);
    const isKind = kind === 'param' || kind === 'tag' || kind === 'attribute';
    return isKind && typeof key === 'string' ? [{ kind, key }] : [];
  });
}

function filtersOf(value: unknown): readonly string[] {
  return listOf(value, mostFilters).filter(
    (filter): filter is string => typeof filter === 'string' && filter.length <= longestFilter,
  );
}

function widthsOf(value: unknown): ReadonlyMap<ColumnId, number> {
  const { least, most, usual } = columnWidths;
  return new Map(
    pairsOf(value).flatMap(([column, width]): [ColumnId, number][] => {
      const id = readColumnId(column);
      return id === undefined ? [] : [[id, numberOf(width, least, most, usual)]];
    }),
  );
}

function directionsOf(value: unknown): ReadonlyMap<string, Direction> {
  const known = ['lower', 'higher', 'none'] as const;
  return new Map(
    pairsOf(value).flatMap(([metric, said]): [string, Direction][] => {
      const direction = known.find((each) => each === said);
      return typeof metric === 'string' && direction ? [[metric, direction]] : [];
    }),
  );
}

function relationsOf(value: unknown): readonly unknown[] {
  return listOf(value, mostRelations).filter(
    (relation) => JSON.stringify(relation).length <= longestRelation,
  );
}

/** Reads what {@link writeLayout} wrote, or whatever else was remembered: what is wrong is as usual. */
export function readLayout(remembered: unknown): TableLayout {
  const fields = fieldsOf(remembered);
  const { baseline } = fields;
  return {
    changedAt: changedAtOf(fields['changedAt']),
    columns: Array.isArray(fields['columns']) ? columnsOf(fields['columns']) : undefined,
    widths: widthsOf(fields['widths']),
    pinned: new Set(columnsOf(fields['pinned'])),
    sort: sortOf(fields['sort']),
    hidden: new Set(textsOf(fields['hidden'])),
    showHidden: flagOf(fields['showHidden'], defaultLayout.showHidden),
    pinnedRuns: new Set(textsOf(fields['pinnedRuns'])),
    baseline: typeof baseline === 'string' ? baseline : undefined,
    groupBy: groupsOf(fields['groupBy']),
    aggregate: oneOf(fields['aggregate'], aggregates, defaultLayout.aggregate),
    directions: directionsOf(fields['directions']),
    nested: flagOf(fields['nested'], defaultLayout.nested),
    collapsed: new Set(textsOf(fields['collapsed'])),
    filters: filtersOf(fields['filters']),
    filterHistory: filtersOf(fields['filterHistory']),
    view: oneOf(fields['view'], views, defaultLayout.view),
    since: oneOf(fields['since'], timeSpans, defaultLayout.since),
    bars: flagOf(fields['bars'], defaultLayout.bars),
    charts: flagOf(fields['charts'], defaultLayout.charts),
    relations: Array.isArray(fields['relations']) ? relationsOf(fields['relations']) : undefined,
  };
}

/** The layout that was changed last: what this tab kept, or what is remembered for its experiments. */
export function latestLayout(kept: unknown, remembered: unknown): TableLayout {
  return latestOf(readLayout, kept, remembered);
}

/** The layout as JSON of bounded size: keys beyond measure are not remembered. */
export function writeLayout(layout: TableLayout): unknown {
  const short = <T extends string>(ids: Iterable<T>): T[] =>
    [...ids].filter(isShortText).slice(0, mostColumns);
  const pairs = <T>(map: ReadonlyMap<string, T>): [string, T][] =>
    [...map].filter(([key]) => isShortText(key)).slice(0, mostColumns);
  return {
    ...layout,
    columns: layout.columns && short(layout.columns),
    widths: pairs(layout.widths),
    pinned: short(layout.pinned),
    sort: layout.sort.filter(({ column }) => isShortText(column)).slice(0, mostSortKeys),
    hidden: shortTexts(layout.hidden),
    pinnedRuns: shortTexts(layout.pinnedRuns),
    groupBy: layout.groupBy.filter(({ key }) => isShortText(key)).slice(0, mostGroups),
    directions: pairs(layout.directions),
    collapsed: shortTexts(layout.collapsed),
    filters: filtersOf(layout.filters),
    filterHistory: filtersOf(layout.filterHistory),
    relations: layout.relations && relationsOf(layout.relations),
  };
}
