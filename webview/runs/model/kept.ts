import { fieldsOf, numberOf, textsOf } from '../../kit/fields';

/** What a person looks at in this very tab; it outlives hiding the tab and reloading the window. */
export interface Kept {
  /** How far the table is scrolled, in pixels. */
  readonly scrollTop: number;
  readonly scrollLeft: number;
  /** Runs that are selected, by key. */
  readonly selected: ReadonlySet<string>;
  /** Where a selection of several rows begins, by key. */
  readonly anchor: string | undefined;
}

export const defaultKept: Kept = {
  scrollTop: 0,
  scrollLeft: 0,
  selected: new Set(),
  anchor: undefined,
};

/** Reads what {@link writeKept} wrote; what is wrong is as usual. */
export function readKept(value: unknown): Kept {
  const { scrollTop, scrollLeft, selected, anchor } = fieldsOf(value);
  return {
    scrollTop: numberOf(scrollTop, 0, 1e9, 0),
    scrollLeft: numberOf(scrollLeft, 0, 1e9, 0),
    selected: new Set(textsOf(selected)),
    anchor: typeof anchor === 'string' ? anchor : undefined,
  };
}

export function writeKept(kept: Kept): unknown {
  return { ...kept, selected: [...kept.selected].slice(0, 2000) };
}
