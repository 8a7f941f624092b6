import type { TableSortKey } from '../../../src/protocol/tablePage';
import { fieldsOf, numberOf, searchOf } from '../../kit/fields';

/** What a person looks at in this very tab; it outlives hiding the tab and reloading the window. */
export interface Kept {
  readonly sort: readonly TableSortKey[];
  readonly filter: string;
  /** In pixels, by the place of the column; 0 is that of the row numbers. */
  readonly widths: ReadonlyMap<number, number>;
  /** In pixels. */
  readonly scrollTop: number;
  readonly scrollLeft: number;
}

export const defaultKept: Kept = {
  sort: [],
  filter: '',
  widths: new Map(),
  scrollTop: 0,
  scrollLeft: 0,
};

const mostColumns = 16_384;
const mostEntries = 1000;
export const narrowest = 48;
export const widest = 2000;

/** Reads what {@link writeKept} wrote; what is wrong is as usual. */
export function readKept(value: unknown): Kept {
  const fields = fieldsOf(value);
  return {
    sort: listOf(fields['sort']).flatMap((each) => {
      const { column, descending } = fieldsOf(each);
      const place = placeOf(column);
      return place === undefined ? [] : [{ column: place, descending: descending === true }];
    }),
    filter: searchOf(fields['filter']),
    widths: new Map(
      listOf(fields['widths']).flatMap((each): [number, number][] => {
        const [column, width] = listOf(each);
        const place = placeOf(column);
        const wide = numberOf(width, narrowest, widest, 0);
        return place === undefined || wide === 0 ? [] : [[place, wide]];
      }),
    ),
    scrollTop: numberOf(fields['scrollTop'], 0, 1e10, 0),
    scrollLeft: numberOf(fields['scrollLeft'], 0, 1e9, 0),
  };
}

export function writeKept(kept: Kept): unknown {
  return { ...kept, widths: [...kept.widths] };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, mostEntries) : [];
}

function placeOf(value: unknown): number | undefined {
  const place = numberOf(value, 0, mostColumns, -1);
  return Number.isInteger(place) && place >= 0 ? place : undefined;
}
