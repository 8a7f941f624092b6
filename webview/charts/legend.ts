import type { ChartSpec } from './chart';

/** A line of a legend: what it is called and how it is drawn. */
export interface LegendEntry {
  readonly name: string;
  readonly color: string;
  readonly dash: readonly number[];
  /** Where it begins, in pixels from the corner of the legend. */
  readonly left: number;
  readonly top: number;
}

/** How much room a legend takes, with what is in it. */
export interface Legend {
  readonly entries: readonly LegendEntry[];
  readonly height: number;
}

export const legendSwatch = 18;
const lineHeight = 18;
const gap = 16;

/** The names of a chart's lines, in rows below the picture; `measure` gives the width of a text. */
export function legendOf(
  spec: ChartSpec,
  width: number,
  measure: (text: string) => number,
): Legend {
  if (spec.kind === 'bar') return { entries: [], height: 0 };
  const entries: LegendEntry[] = [];
  const seen = new Set<string>();
  let left = 0;
  let top = 0;
  for (const { run, name, color, dash, isFaint } of spec.lines) {
    if (isFaint || seen.has(run)) continue;
    seen.add(run);
    const room = legendSwatch + 6 + measure(name) + gap;
    if (left > 0 && left + room > width) {
      left = 0;
      top += lineHeight;
    }
    entries.push({ name, color, dash, left, top });
    left += room;
  }
  return { entries, height: entries.length === 0 ? 0 : top + lineHeight };
}
