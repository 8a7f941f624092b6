import { numberOf } from './fields';

/** A layout that says when a person last changed it, in milliseconds since 1970; 0 where nobody has. */
interface Changed {
  readonly changedAt: number;
}

const latestTime = 8.64e15;

/** When a remembered layout was changed; 0 for what is no time. */
export function changedAtOf(value: unknown): number {
  return numberOf(value, 0, latestTime, 0);
}

/**
 * Reads the layout that was changed last: what this tab kept, or what is remembered for its experiments. The editor may write
 * what a tab keeps only when it ends in good order, and other tabs lay out the same experiments.
 */
export function latestOf<L extends Changed>(
  read: (layout: unknown) => L,
  kept: unknown,
  remembered: unknown,
): L {
  const layout = read(remembered);
  const own = kept === undefined ? undefined : read(kept);
  return own !== undefined && own.changedAt >= layout.changedAt ? own : layout;
}

/** The layout with a change of this moment, which is later than all before, whatever clocks say. */
export function changedLayout<L extends Changed>(layout: L, change: Partial<L>): L {
  return { ...layout, ...change, changedAt: Math.max(Date.now(), layout.changedAt + 1) };
}
