import type { ChartArea } from 'chart.js';

import type { Selection } from './overlay';

/** What a pointer can do to a chart; places are parts of the area between its axes, from 0 to 1. */
export interface PlotTarget {
  readonly area: ChartArea | undefined;
  /** The pointer is at these pixels of the picture, or gone. */
  hover(place: { left: number; top: number } | undefined): void;
  select(selection: Selection | undefined): void;
  zoomToSelection(selection: Selection, withHeight: boolean): void;
  zoomBy(factor: number, anchor: number): void;
  panBy(part: number): void;
  showAll(): void;
}

/** A drag shorter than this is a click. */
const leastDrag = 5;

interface Drag {
  readonly left: number;
  readonly top: number;
  readonly kind: 'zoom' | 'box' | 'pan';
  at: number;
}

/**
 * Pointer and wheel on a chart: drag to zoom, with Alt into a box; Shift and drag to move; Ctrl or Cmd and the wheel to zoom,
 * so that the wheel alone still scrolls the page; double click for everything. This is our own code since the
 * zoom plugin of Chart.js rests on a gesture library that is no longer maintained, and redraws more than it needs to.
 */
export class PlotPointer {
  private drag: Drag | undefined;
  private readonly listening = new AbortController();

  constructor(
    private readonly element: HTMLElement,
    private readonly target: PlotTarget,
  ) {
    const { signal } = this.listening;
    element.addEventListener('pointerdown', this.onDown, { signal });
    element.addEventListener('pointermove', this.onMove, { signal });
    element.addEventListener('pointerup', this.onUp, { signal });
    element.addEventListener('pointercancel', this.onCancel, { signal });
    element.addEventListener('pointerleave', this.onLeave, { signal });
    element.addEventListener('dblclick', () => target.showAll(), { signal });
    element.addEventListener('wheel', this.onWheel, { passive: false, signal });
  }

  dispose(): void {
    this.listening.abort();
  }

  get isDragging(): boolean {
    return this.drag !== undefined;
  }

  /** Gives up a drag, as Escape does; returns whether there was one. */
  cancel(): boolean {
    const wasDragging = this.drag !== undefined;
    this.drag = undefined;
    this.target.select(undefined);
    return wasDragging;
  }

  private readonly onDown = (event: PointerEvent): void => {
    const { area } = this.target;
    if (event.button !== 0 || area === undefined) return;
    const { left, top } = this.placeOf(event);
    if (left < area.left || left > area.right || top > area.bottom) return;
    this.element.setPointerCapture(event.pointerId);
    const kind = event.shiftKey ? 'pan' : event.altKey ? 'box' : 'zoom';
    this.drag = { left, top, kind, at: left };
  };

  private readonly onMove = (event: PointerEvent): void => {
    const place = this.placeOf(event);
    const { drag } = this;
    const { area } = this.target;
    if (drag === undefined || area === undefined) {
      this.target.hover(place);
    } else if (drag.kind === 'pan') {
      this.target.panBy((drag.at - place.left) / (area.right - area.left));
      drag.at = place.left;
    } else {
      this.target.select(selectionOf(drag, place, area));
    }
  };

  private readonly onUp = (event: PointerEvent): void => {
    const { drag } = this;
    const { area } = this.target;
    this.cancel();
    if (drag === undefined || area === undefined || drag.kind === 'pan') return;
    const selection = selectionOf(drag, this.placeOf(event), area);
    const isWide = selection.right - selection.left >= leastDrag;
    if (isWide) this.target.zoomToSelection(selection, drag.kind === 'box');
  };

  private readonly onCancel = (): void => void this.cancel();

  private readonly onLeave = (): void => {
    if (this.drag === undefined) this.target.hover(undefined);
  };

  private readonly onWheel = (event: WheelEvent): void => {
    const { area } = this.target;
    if (!(event.ctrlKey || event.metaKey) || area === undefined) return;
    event.preventDefault();
    const anchor = (this.placeOf(event).left - area.left) / (area.right - area.left);
    // A notch of a wheel is about 100 pixels; a pinch on a touch pad sends many small ones.
    const amount = Math.max(-1, Math.min(1, event.deltaY / 100));
    this.target.zoomBy(2 ** (amount / 2), Math.max(0, Math.min(1, anchor)));
  };

  private placeOf(event: MouseEvent): { left: number; top: number } {
    const { left, top } = this.element.getBoundingClientRect();
    return { left: event.clientX - left, top: event.clientY - top };
  }
}

function selectionOf(
  drag: Drag,
  { left, top }: { left: number; top: number },
  area: ChartArea,
): Selection {
  const [first, last] = drag.left < left ? [drag.left, left] : [left, drag.left];
  const [upper, lower] = drag.top < top ? [drag.top, top] : [top, drag.top];
  const isBox = drag.kind === 'box';
  return {
    left: Math.max(area.left, first),
    right: Math.min(area.right, last),
    top: isBox ? Math.max(area.top, upper) : area.top,
    bottom: isBox ? Math.min(area.bottom, lower) : area.bottom,
  };
}
