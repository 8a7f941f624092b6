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
  else if (target.closest('.wide-more') !== null) {
    const cell = target.closest<HTMLElement>('.wide-cell');
    if (cell !== null) host.now().model.openMenu({ row: -1, column }, cell);
  } else clickOrMove(event, column, host);
}

/** Makes a column as wide as what it holds. */
export function fitColumn(column: number, host: HeaderHost): void {
  host.now().model.resize(column, Math.max(leastWidth, Math.ceil(host.contentWidth(column))));
}

function resize(event: PointerEvent, column: number, host: HeaderHost): void {
  const width = host.now().places.widthOf(column);
  follow(host.element, {
    moved: ({ clientX }) =>
      host
        .now()
        .model.resize(column, Math.max(leastWidth, Math.round(width + clientX - event.clientX))),
    released: () => undefined,
  });
}

function clickOrMove(event: PointerEvent, column: number, host: HeaderHost): void {
  const { element } = host;
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
      if (before !== undefined) host.now().model.move(column, before);
      else if (last !== undefined && slotOf(last.target)?.column === column)
        host.now().model.sort(column, last.ctrlKey || last.metaKey || last.shiftKey);
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
