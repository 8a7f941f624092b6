import { defaultChartsLayout, readChartsLayout, writeChartsLayout } from '../charts/chartsLayout';
import type { ChartsLayout } from '../charts/chartsLayout';
import { fieldsOf } from '../kit/fields';
import { changedAtOf, latestOf } from '../kit/latestLayout';

/** How the page of a run is set up; remembered for the server and the experiment. */
export interface Layout extends ChartsLayout {
  /** When a person last changed it, in milliseconds since 1970; 0 where nobody has. */
  readonly changedAt: number;
}

export const defaultLayout: Layout = {
  ...defaultChartsLayout,
  folded: new Set(['systemTags', 'systemMetrics']),
  changedAt: 0,
};

/** Reads what {@link writeLayout} wrote, or whatever else was remembered: what is wrong is as usual. */
export function readLayout(remembered: unknown): Layout {
  const { changedAt } = fieldsOf(remembered);
  return {
    ...readChartsLayout(remembered, defaultLayout.folded),
    changedAt: changedAtOf(changedAt),
  };
}

/** The layout that was changed last: what this tab kept, or what is remembered for its experiment. */
export function latestLayout(kept: unknown, remembered: unknown): Layout {
  return latestOf(readLayout, kept, remembered);
}

/** The layout as JSON of bounded size. */
export function writeLayout(layout: Layout): unknown {
  return { ...writeChartsLayout(layout), changedAt: layout.changedAt };
}
