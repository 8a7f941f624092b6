import { withMember } from '../kit/withMember';
import type { TableSetup } from './tableSection';

/** The part of a page's layout that its tables share. */
export interface TablesLayout<N extends string> {
  readonly folded: ReadonlySet<string>;
  readonly onlyDifferences: Readonly<Record<N, boolean>>;
  readonly directions: TableSetup['directions'];
}

/** What a page keeps of its tables in this very tab. */
export interface TablesKept<N extends string> {
  readonly tableFilters: Readonly<Partial<Record<N, string>>>;
}

interface TablesState<N extends string> {
  readonly layout: TablesLayout<N>;
  readonly kept: TablesKept<N>;
}

/** What a person set up of one of the tables of a page. */
export function setupOf<N extends string>(name: N, { layout, kept }: TablesState<N>): TableSetup {
  return {
    isFolded: layout.folded.has(name),
    onlyDifferences: layout.onlyDifferences[name],
    filter: kept.tableFilters[name] ?? '',
    directions: layout.directions,
  };
}

type TablesAction<N extends string> =
  | { readonly type: 'layout'; readonly change: Partial<TablesLayout<N>> }
  | { readonly type: 'kept'; readonly change: TablesKept<N> };

/** Keeps what a person changed of one of the tables of a page. */
export function keepSetup<N extends string>(
  name: N,
  { layout, kept }: TablesState<N>,
  dispatch: (action: TablesAction<N>) => void,
  { isFolded, onlyDifferences, filter, directions }: Partial<TableSetup>,
): void {
  if (isFolded !== undefined)
    dispatch({ type: 'layout', change: { folded: withMember(layout.folded, name, isFolded) } });
  if (onlyDifferences !== undefined) {
    const only = { ...layout.onlyDifferences, [name]: onlyDifferences };
    dispatch({ type: 'layout', change: { onlyDifferences: only } });
  }
  if (filter !== undefined)
    dispatch({ type: 'kept', change: { tableFilters: { ...kept.tableFilters, [name]: filter } } });
  if (directions !== undefined) dispatch({ type: 'layout', change: { directions } });
}
