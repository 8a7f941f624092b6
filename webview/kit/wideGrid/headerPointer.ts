import type { ColumnPlaces } from './columnPlaces';
import { slotOf } from './rowSlot';
import type { WideGridModel } from './wideGridModel';

/** What a press on the header is done with. */
export interface HeaderHost {
  readonly element: HTMLElement;
  /** What is shown at present; it may change while the pointer is held. */
  readonly now: () => { readonly model: WideGridModel; readonly places: ColumnPlaces };
  /** The width that the cells of a column would take, as far as they are seen. */
  readonly contentWidth: (column: number) => number;
}

/** So many pixels a press may wander and still be a click. */
const wanderings = 5;
/** So near to an edge a drag scrolls on, in pixels, and by so much with each movement. */
const edge = 32;
const leastWidth = 48;

/** Resizes a column while its edge is dragged, sorts by it when it is clicked, and moves it when it is dragged elsewhere. */
export function pressHeader(event: PointerEvent, column: number, host: HeaderHost): void {
  if (event.button !== 0) return;
  const target = event.target as Element;
  if (target.closest('.wide-resize') !== null) resize(event, column, host);
  else if (target.closest('.wide-more') === null) clickOrMove(event, column, host);
}

/** Opens a column's menu once it is clicked: what follows a press gives the focus to the grid, which would close it. */
export function clickHeader(event: Event, column: number, host: HeaderHost): void {
  const cell = (event.target as Element).closest('.wide-more')?.closest<HTMLElement>('.wide-cell');
  if (cell) host.now().model.openMenu({ row: -1, column }, cell);
}

/** Makes a column as wide as what it holds. */
export function fitColumn(column: number, host: HeaderHost): void {
  host.now().model.resize(column, Math.max(leastWidth, Math.ceil(host.contentWidth(column))));
}

function resize(event: PointerEvent, column: number, host: HeaderHost): void {
  const width = host.now().places.widthOf(column);
  const placeNow = holdColumn(column, host);
  follow(host.element, {
    moved: ({ clientX }) => {
      const at = placeNow();
      const wanted = Math.max(leastWidth, Math.round(width + clientX - event.clientX));
      if (at >= 0) host.now().model.resize(at, wanted);
    },
    released: () => undefined,
  });
}

/** Where a column is later, since others may come and go while the pointer is held; -1 where it is gone. */
function holdColumn(column: number, { now }: HeaderHost): () => number {
  const key = now().model.columns[column]?.key;
  return () => now().model.columns.findIndex((each) => each.key === key);
}

function clickOrMove(event: PointerEvent, column: number, host: HeaderHost): void {
  const { element } = host;
  const placeNow = holdColumn(column, host);
  const mark = document.createElement('div');
  mark.className = 'wide-drop';
  let before: number | undefined;
  follow(element, {
    moved: ({ clientX }) => {
      if (before === undefined && Math.abs(clientX - event.clientX) < wanderings) return;
      // The first column names the rows.
      if (column === 0) return;
      const { left, right } = element.getBoundingClientRect();
      if (clientX > right - edge) element.scrollLeft += edge;
      if (clientX < left + host.now().places.pinnedWidth + edge) element.scrollLeft -= edge;
      before = gapAt(clientX - left, host);
      if (mark.parentNode === null) element.querySelector('.wide-header')?.append(mark);
      mark.style.left = `${host.now().places.left(before) - 1 + pinnedOffset(before, host)}px`;
    },
    released: (last) => {
      mark.remove();
      const at = placeNow();
      if (at < 0 || last === undefined) return;
      if (before !== undefined)
        host.now().model.move(at, gapAt(last.clientX - element.getBoundingClientRect().left, host));
      else if (slotOf(last.target)?.column === at)
        host.now().model.sort(at, last.ctrlKey || last.metaKey || last.shiftKey);
    },
  });
}

/** The place between columns below the pointer; none is before the first one. */
function gapAt(x: number, { element, now }: HeaderHost): number {
  const { places } = now();
  const inTable = x < places.pinnedWidth ? x : x + element.scrollLeft;
  return Math.max(1, places.gapAt(inTable));
}

/** What lies among pinned columns moves along as the table scrolls. */
function pinnedOffset(column: number, { element, now }: HeaderHost): number {
  return column < now().places.pinned ? element.scrollLeft : 0;
}

/** Hears of the pointer until it is released. */
function follow(
  element: HTMLElement,
  heard: {
    readonly moved: (event: PointerEvent) => void;
    /** `undefined` where it was given up. */
    readonly released: (event: PointerEvent | undefined) => void;
  },
): void {
  const ended = new AbortController();
  const { signal } = ended;
  const end = (last: PointerEvent | undefined): void => {
    ended.abort();
    heard.released(last);
  };
  const target = element.ownerDocument;
  target.addEventListener('pointermove', heard.moved, { signal });
  target.addEventListener('pointerup', end, { signal });
  target.addEventListener('pointercancel', () => end(undefined), { signal });
}
