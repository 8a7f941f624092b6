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
  /** Section by section: its head, then its charts. */
  readonly items: readonly GridItem[];
  readonly height: number;
}

const gap = 12;
const headHeight = 30;
const shapes = { ratio: 0.5, least: 170, most: 480, around: 62 };

/**
 * Lays charts out in as many columns of at least `chartWidth` as there is room for. Sections that need less than a row share
 * one; a single section without a name has no head.
 */
export function chartGrid(
  sections: readonly Section[],
  isFolded: (section: Section) => boolean,
  width: number,
  chartWidth: number,
): ChartGrid {
  const columns = Math.max(1, Math.floor((width + gap) / (chartWidth + gap)));
  const cell = Math.floor((width - gap * (columns - 1)) / columns);
  const picture = Math.max(shapes.least, Math.min(shapes.most, Math.round(cell * shapes.ratio)));
  const layout = new Shelves(columns, cell, picture + shapes.around);
  const hasHeads = sections.length > 1 || sections[0]?.prefix !== '';
  for (const section of sections) layout.add(section, hasHeads, hasHeads && isFolded(section));
  return layout.grid();
}

/** Puts sections side by side for as long as there are columns left. */
class Shelves {
  private readonly items: GridItem[] = [];
  private top = 0;
  private height = 0;
  private taken = 0;

  constructor(
    private readonly columns: number,
    private readonly cell: number,
    private readonly chartHeight: number,
  ) {}

  add(section: Section, hasHead: boolean, isFolded: boolean): void {
    const { columns, cell, chartHeight } = this;
    const count = isFolded ? 1 : section.metrics.length;
    const span = Math.min(count, columns);
    if (this.taken + span > columns) this.newShelf();
    const start = this.taken * (cell + gap);
    const head = hasHead ? headHeight : 0;
    const box = {
      left: start,
      top: this.top,
      width: span * (cell + gap) - gap,
      height: headHeight,
    };
    if (hasHead) this.items.push({ kind: 'head', section, isFolded, ...box });
    if (!isFolded) {
      section.metrics.forEach((metric, place) => {
        const left = start + (place % span) * (cell + gap);
        const top = this.top + head + Math.floor(place / span) * (chartHeight + gap);
        const own = { left, top, width: cell, height: chartHeight };
        this.items.push({ kind: 'chart', metric, section, place, ...own });
      });
    }
    const rows = isFolded ? 0 : Math.ceil(count / span);
    this.height = Math.max(this.height, head + rows * (chartHeight + gap));
    this.taken += span;
  }

  grid(): ChartGrid {
    return { items: this.items, height: this.top + this.height };
  }

  private newShelf(): void {
    this.top += this.height;
    this.height = 0;
    this.taken = 0;
  }
}

/**
 * Those items that are seen between two heights, and of the others the nearest ones: `most` of them, or all that are
 * seen, and whoever is as near as the last. A wide screen shows many charts.
 */
export function itemsNear(
  { items }: ChartGrid,
  { top, bottom }: { readonly top: number; readonly bottom: number },
  most: number,
): readonly GridItem[] {
  const away = Float64Array.from(items, (item) =>
    Math.max(0, item.top - bottom, top - item.top - item.height),
  );
  const reach = away.toSorted()[most - 1] ?? Infinity;
  return items.filter((_, at) => away[at]! <= reach);
}
