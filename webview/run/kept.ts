import { zoomOf } from '../charts/chartsState';
import type { ChartsKept } from '../charts/chartsState';
import { fieldsOf, numberOf, searchOf, shortTexts, textsOf } from '../kit/fields';

/** The tables of the page that can be searched. */
export const searched = ['parameters', 'metrics', 'systemMetrics', 'tags'] as const;

export type SearchedTable = (typeof searched)[number];

/** What a person looks at in this very tab; it outlives hiding the tab and reloading the window. */
export interface Kept extends ChartsKept {
  readonly filters: Readonly<Partial<Record<SearchedTable, string>>>;
  /** Folders of artifacts that are open, by their paths. */
  readonly openFolders: ReadonlySet<string>;
  /** How far the page is scrolled down, in pixels. */
  readonly scroll: number;
}

export const defaultKept: Kept = {
  hidden: new Set(),
  chartSearch: '',
  zoom: undefined,
  filters: {},
  openFolders: new Set(),
  scroll: 0,
};

/** Reads what {@link writeKept} wrote; what is wrong is as usual. */
export function readKept(value: unknown): Kept {
  const fields = fieldsOf(value);
  const filters = fieldsOf(fields['filters']);
  return {
    hidden: defaultKept.hidden,
    chartSearch: searchOf(fields['chartSearch']),
    zoom: zoomOf(fields['zoom']),
    filters: Object.fromEntries(searched.map((name) => [name, searchOf(filters[name])])),
    openFolders: new Set(textsOf(fields['openFolders'])),
    scroll: numberOf(fields['scroll'], 0, 1e8, 0),
  };
}

export function writeKept({ chartSearch, zoom, filters, openFolders, scroll }: Kept): unknown {
  return { chartSearch, zoom, filters, openFolders: shortTexts(openFolders), scroll };
}
