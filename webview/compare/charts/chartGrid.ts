import type { Section } from './sections';

/** Something that has its place among the charts, in pixels from their upper left corner. */
export type GridItem =
  | (Box & { readonly kind: 'head'; readonly section: Section; readonly isFolded: boolean })
  | (Box & {
      readonly kind: 'chart';
      readonly metric: string;
      readonly section: Section;
      /** Its place in the section. */
      readonly place: number;
    });

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** All sections and charts, each with its place. */
export interface ChartGrid {
  /** From top to bottom. */
  readonly items: readonly GridItem[];
  readonly height: number;
  readonly columns: number;
}

const gap = 12;
const headHeight = 30;
const shapes = { ratio: 0.5, least: 170, most: 480, around: 62 };

/** Lays charts out in as many columns of at least `chartWidth` as there is room for; one section without a name has no head. */
export function chartGrid(
  sections: readonly Section[],
  isFolded: (section: Section) => boolean,
  width: number,
  chartWidth: number,
): ChartGrid {
  const columns = Math.max(1, Math.floor((width + gap) / (chartWidth + gap)));
  const cell = Math.floor((width - gap * (columns - 1)) / columns);
  const picture = Math.max(shapes.least, Math.min(shapes.most, Math.round(cell * shapes.ratio)));
  const height = picture + shapes.around;
  const hasHeads = sections.length > 1 || sections[0]?.prefix !== '';
  const items: GridItem[] = [];
  let top = 0;
  for (const section of sections) {
    const folded = hasHeads && isFolded(section);
    if (hasHeads) {
      items.push({
        kind: 'head',
        section,
        isFolded: folded,
        left: 0,
        top,
        width,
        height: headHeight,
      });
      top += headHeight;
    }
    if (folded) continue;
    section.metrics.forEach((metric, place) => {
      const left = (place % columns) * (cell + gap);
      const row = top + Math.floor(place / columns) * (height + gap);
      items.push({ kind: 'chart', metric, section, place, left, top: row, width: cell, height });
    });
    top += Math.ceil(section.metrics.length / columns) * (height + gap);
  }
  return { items, height: top, columns };
}

/** Those items that lie between two heights, or, if they are more than `most`, as many of them. */
export function itemsBetween(
  { items }: ChartGrid,
  top: number,
  bottom: number,
  most: number,
): readonly GridItem[] {
  // Items come from top to bottom, but those of one row have one top.
  const start = firstIndex(items, (item) => item.top + item.height >= top);
  const end = firstIndex(items, (item) => item.top > bottom);
  return items.slice(start, Math.min(end, start + most));
}

/** Where the items from which on something holds begin. */
function firstIndex(items: readonly GridItem[], holds: (item: GridItem) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(items[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
