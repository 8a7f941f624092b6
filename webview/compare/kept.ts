import { fieldsOf, numberOf, textsOf } from './layout';
import type { TableName } from './layout';

/** A stretch of the x axis; `min` is below `max`. */
export interface ZoomRange {
  readonly min: number;
  readonly max: number;
}

/** What a person looks at in this very tab; it outlives hiding the tab and reloading the window. */
export interface Kept {
  /** The run that differences are measured from; the first one where none was chosen. */
  readonly baseline: string | undefined;
  readonly hidden: ReadonlySet<string>;
  readonly runFilter: string;
  readonly chartSearch: string;
  readonly tableFilters: Readonly<Partial<Record<TableName, string>>>;
  /** How far the page is scrolled down, in pixels. */
  readonly scroll: number;
  /** What all charts show of the x axis where their zoom is linked; everything where absent. */
  readonly zoom: ZoomRange | undefined;
}

export const defaultKept: Kept = {
  baseline: undefined,
  hidden: new Set(),
  runFilter: '',
  chartSearch: '',
  tableFilters: {},
  scroll: 0,
  zoom: undefined,
};

const longestSearch = 1000;

function searchOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, longestSearch) : '';
}

function zoomOf(value: unknown): ZoomRange | undefined {
  const { min, max } = fieldsOf(value);
  const isRange = typeof min === 'number' && typeof max === 'number' && min < max;
  return isRange ? { min, max } : undefined;
}

/** Reads what {@link writeKept} wrote; what is wrong is as usual. */
export function readKept(value: unknown): Kept {
  const fields = fieldsOf(value);
  const filters = fieldsOf(fields['tableFilters']);
  const { baseline } = fields;
  return {
    baseline: typeof baseline === 'string' ? baseline : undefined,
    hidden: new Set(textsOf(fields['hidden'])),
    runFilter: searchOf(fields['runFilter']),
    chartSearch: searchOf(fields['chartSearch']),
    tableFilters: {
      parameters: searchOf(filters['parameters']),
      metrics: searchOf(filters['metrics']),
      tags: searchOf(filters['tags']),
      attributes: searchOf(filters['attributes']),
    },
    scroll: numberOf(fields['scroll'], 0, 1e8, 0),
    zoom: zoomOf(fields['zoom']),
  };
}

export function writeKept(kept: Kept): unknown {
  return { ...kept, hidden: [...kept.hidden] };
}
