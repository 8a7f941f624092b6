import { zoomOf } from '../charts/chartsState';
import type { ChartsKept } from '../charts/chartsState';
import { fieldsOf, numberOf, searchOf, textsOf } from '../kit/fields';
import { readTableFilters } from '../differences/setup';
import { tableNames } from './layout';
import type { TableName } from './layout';

/** What a person looks at in this very tab; it outlives hiding the tab and reloading the window. */
export interface Kept extends ChartsKept {
  /** The run that differences are measured from; the first one where none was chosen. */
  readonly baseline: string | undefined;
  readonly runFilter: string;
  readonly tableFilters: Readonly<Partial<Record<TableName, string>>>;
  /** How images are shown, as JSON. */
  readonly gallery: unknown;
  /** How far the page is scrolled down, in pixels. */
  readonly scroll: number;
}

export const defaultKept: Kept = {
  baseline: undefined,
  hidden: new Set(),
  runFilter: '',
  chartSearch: '',
  tableFilters: {},
  gallery: undefined,
  scroll: 0,
  zoom: undefined,
};

/** Reads what {@link writeKept} wrote; what is wrong is as usual. */
export function readKept(value: unknown): Kept {
  const fields = fieldsOf(value);
  const { baseline } = fields;
  return {
    baseline: typeof baseline === 'string' ? baseline : undefined,
    hidden: new Set(textsOf(fields['hidden'])),
    runFilter: searchOf(fields['runFilter']),
    chartSearch: searchOf(fields['chartSearch']),
    tableFilters: readTableFilters(fields['tableFilters'], tableNames),
    gallery: fields['gallery'],
    scroll: numberOf(fields['scroll'], 0, 1e8, 0),
    zoom: zoomOf(fields['zoom']),
  };
}

export function writeKept(kept: Kept): unknown {
  return { ...kept, hidden: [...kept.hidden] };
}
