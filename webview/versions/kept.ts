import { readTableFilters } from '../differences/setup';
import { fieldsOf, numberOf } from '../kit/fields';
import { tableNames } from './layout';
import type { TableName } from './layout';

/** What a person looks at in this very tab; it outlives hiding the tab and reloading the window. */
export interface Kept {
  /** Key of the version that differences are measured from; the one in production where none was chosen. */
  readonly baseline: string | undefined;
  readonly tableFilters: Readonly<Partial<Record<TableName, string>>>;
  /** How far the page is scrolled down, in pixels. */
  readonly scroll: number;
}

export const defaultKept: Kept = { baseline: undefined, tableFilters: {}, scroll: 0 };

/** Reads what {@link writeKept} wrote; what is wrong is as usual. */
export function readKept(value: unknown): Kept {
  const { baseline, tableFilters, scroll } = fieldsOf(value);
  return {
    baseline: typeof baseline === 'string' ? baseline : undefined,
    tableFilters: readTableFilters(tableFilters, tableNames),
    scroll: numberOf(scroll, 0, 1e8, 0),
  };
}

export function writeKept(kept: Kept): unknown {
  return kept;
}
