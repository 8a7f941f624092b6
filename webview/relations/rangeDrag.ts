import type { ParallelScene, Point } from './parallelScene';
import { rangeBetween } from './parallelScene';
import type { Dragged } from './parallelView';
import type { ParallelSpec } from './spec';

/** The chart that something is dragged in. */
export interface DragHost {
  /** What is drawn at present; `undefined` unless it is parallel coordinates. */
  readonly parallel: { readonly spec: ParallelSpec; readonly scene: ParallelScene } | undefined;
  change(spec: ParallelSpec): void;
  requestUpdate(): void;
}

/** How far from an axis the pointer may be, in CSS pixels. */
const reach = 10;

/** Dragging along an axis of parallel coordinates, which sets its range; a click on it takes the range away. */
export class RangeDrag {
  dragged: Dragged | undefined;

  constructor(private readonly host: DragHost) {}

  /** Begins with `pointerdown` where that is on an axis. */
  start(event: PointerEvent): void {
    const plot = event.currentTarget as HTMLElement;
    const place = placeIn(plot, event);
    const axis = this.axisAt(place);
    if (axis === undefined || event.button !== 0) return;
    plot.setPointerCapture(event.pointerId);
    this.dragged = { axis, start: place.y, end: place.y };
    const move = (next: PointerEvent): void => {
      this.dragged = { axis, start: place.y, end: placeIn(plot, next).y };
      this.host.requestUpdate();
    };
    const ending = new AbortController();
    const { signal } = ending;
    const end = (isDone: boolean) => (): void => {
      ending.abort();
      this.finish(isDone);
    };
    plot.addEventListener('pointermove', move, { signal });
    plot.addEventListener('pointerup', end(true), { signal });
    plot.addEventListener('pointercancel', end(false), { signal });
  }

  private axisAt({ x, y }: Point): number | undefined {
    const scene = this.host.parallel?.scene;
    if (!scene) return undefined;
    const { plot, axes } = scene;
    if (y < plot.top - reach || y > plot.top + plot.height + reach) return undefined;
    const found = axes.findIndex((axis) => Math.abs(axis.x - x) <= reach);
    return found < 0 ? undefined : found;
  }

  private finish(isDone: boolean): void {
    const { dragged } = this;
    const { parallel } = this.host;
    this.dragged = undefined;
    this.host.requestUpdate();
    const axis = dragged && parallel?.scene.axes[dragged.axis];
    if (!dragged || !parallel || !axis || !isDone) return;
    const { spec, scene } = parallel;
    const range = rangeBetween(axis, scene.plot, dragged.start, dragged.end);
    if (!range && !axis.choice.range) return;
    const axes = spec.axes.with(dragged.axis, { ...axis.choice, range });
    this.host.change({ ...spec, axes });
  }
}

/** Where an event is in an element, in CSS pixels. */
export function placeIn(element: Element, event: MouseEvent): Point {
  const { left, top } = element.getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top };
}
