import type { Span } from '../span';
import type { ColumnPlaces } from './columnPlaces';
import type { WideColumn } from './wideGridModel';

/** The line above the names of columns: what those beside each other have in common. */
export class GroupBands {
  readonly element = document.createElement('div');
  private shown = '';

  constructor() {
    this.element.className = 'wide-bands';
    // Screen readers hear it with the name of each column.
    this.element.setAttribute('aria-hidden', 'true');
  }

  show(columns: readonly WideColumn[], places: ColumnPlaces, { start, end }: Span): void {
    const bands: { title: string; left: number; right: number }[] = [];
    for (let column = start; column < end; column++) {
      const title = columns[column]?.group ?? '';
      const last = bands.at(-1);
      const right = places.left(column) + places.widthOf(column);
      if (last?.title === title) last.right = right;
      else bands.push({ title, left: places.left(column), right });
    }
    const said = JSON.stringify([bands, places.pinnedWidth]);
    if (said === this.shown) return;
    this.shown = said;
    const spare = [...this.element.children] as HTMLElement[];
    bands.forEach(({ title, left, right }, index) => {
      const band = spare[index] ?? newBand(this.element);
      band.style.left = `${left}px`;
      band.style.width = `${right - left}px`;
      const label = band.firstElementChild as HTMLElement;
      label.style.left = `${places.pinnedWidth}px`;
      if (label.textContent !== title) label.textContent = title;
    });
    spare.slice(bands.length).forEach((band) => band.remove());
  }
}

function newBand(parent: HTMLElement): HTMLElement {
  const band = document.createElement('div');
  band.className = 'wide-band';
  const label = document.createElement('span');
  label.className = 'wide-band-label';
  band.append(label);
  parent.append(band);
  return band;
}
