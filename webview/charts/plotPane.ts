import * as l10n from '@vscode/l10n';

import { formatFull } from '../../src/mlflow/format';
import { announce } from '../kit/announce';
import { formatPlace } from './axisTicks';
import type { ChartSpec, LineSpec } from './chart';
import { type PointAt, pointsAt, wholeOf } from './chartScene';
import type { ChartsHub } from './chartsHub';
import { paintOverlay, type Selection } from './overlay';
import { type Cursor, cursorPoint, type KeyCommand, keyCommand, movedCursor } from './plotKeys';
import { Picture, type PictureContent } from './picture';
import { PlotPointer, type PlotTarget } from './plotPointer';
import { fractionOf, panned, type Range, valueAt, zoomed } from './range';
import { PlotTooltip } from './plotTooltip';
import { barTooltip, tooltipTable } from './tooltip';
import { type Projections, projectionsOf, projector } from './projection';

/** A line this near to the pointer, in pixels, is the one that is meant; a nearer one is shown apart everywhere. */
const markReach = 30;
const highlightReach = 8;

/** In pixels of the picture. */
interface Place {
  readonly left: number;
  readonly top: number;
}

/** The picture of a chart with what lies over it: pointer, keyboard, crosshair and tooltip. */
export class PlotPane implements PlotTarget {
  readonly picture: Picture;
  private readonly overlay = document.createElement('canvas');
  private readonly tooltip: PlotTooltip;
  private readonly pointer: PlotPointer;
  private readonly listening = new AbortController();
  private content: PictureContent | undefined;
  private cursor: Cursor | undefined;
  private bar: number | undefined;
  private selection: Selection | undefined;
  private highlightTimer: ReturnType<typeof setTimeout> | undefined;
  /** The run that this picture made stand out. */
  private highlighted: string | undefined;
  /** Where the pointer is, for when something else moves. */
  private pointed: Place | undefined;

  constructor(
    readonly element: HTMLElement,
    private readonly hub: ChartsHub,
    locale: string,
    /** Ask for {@link draw}, or for {@link drawOverlay} alone, on one of the next frames. */
    private readonly due: { picture(): void; overlay(): void },
  ) {
    const canvas = document.createElement('canvas');
    this.overlay.className = 'chart-overlay';
    this.tooltip = new PlotTooltip(element);
    element.replaceChildren(canvas, this.overlay, this.tooltip.element);
    this.picture = new Picture(element, canvas, hub, locale, () => due.picture());
    this.pointer = new PlotPointer(element, this);
    const { signal } = this.listening;
    element.addEventListener('keydown', this.onKey, { signal });
    element.addEventListener('blur', this.onBlur, { signal });
  }

  get area() {
    return this.picture.area;
  }

  draw(content: PictureContent): void {
    this.content = content;
    this.picture.draw(content);
    this.drawOverlay();
    if (this.cursor !== undefined) this.showCursor(content);
    else if (this.pointed !== undefined && !this.pointer.isDragging) this.showUnder(this.pointed);
  }

  dispose(): void {
    clearTimeout(this.highlightTimer);
    if (this.highlighted !== undefined) this.hub.highlight(undefined);
    if (this.hub.crosshair?.metric === this.content?.metric) this.hub.setCrosshair(undefined);
    this.listening.abort();
    this.pointer.dispose();
    this.picture.dispose();
    this.overlay.width = 0;
    this.overlay.height = 0;
    this.element.replaceChildren();
  }

  private get spec(): ChartSpec | undefined {
    return this.picture.drawn;
  }

  drawOverlay(): void {
    const { area, spec, content } = this;
    const pen = this.overlay.getContext('2d');
    if (area === undefined || spec?.kind !== 'line' || content === undefined || pen === null)
      return;
    this.fitOverlay();
    const { crosshair, ink } = this.hub;
    const x = crosshair?.x;
    const projections = projectionsOf(spec, area);
    const points = x === undefined ? [] : this.pointsNear(x);
    const focused = cursorPoint(content.model, this.cursor);
    const { selection } = this;
    paintOverlay(pen, { x, points, focused, selection }, { area, projections, ink });
    if (crosshair?.metric !== content.metric) this.tooltip.hide();
  }

  hover(place: Place | undefined): void {
    this.pointed = place;
    this.highlightSoon(this.showUnder(place));
  }

  /** Shows the values at a place of the picture, or none; the run whose line is there. */
  private showUnder(place: Place | undefined): string | undefined {
    const { area, spec, content } = this;
    if (place === undefined || area === undefined || spec === undefined || content === undefined)
      return this.showNothing();
    const { left, right } = area;
    if (spec.kind === 'bar') return this.showBarUnder(place, spec.bars.length);
    if (place.left < left || place.left > right) return this.showNothing();
    const under = valueAt((place.left - left) / (right - left), spec.x.window, spec.x.scale);
    const x = nearestX(this.pointsNear(under), under);
    this.hub.setCrosshair({ metric: content.metric, x });
    const marked = this.markedAt(place.top, projectionsOf(spec, area), x);
    this.showTooltip(x, marked?.point.line.id, place);
    return marked !== undefined && marked.distance <= highlightReach
      ? marked.point.line.id
      : undefined;
  }

  private showBarUnder({ top, left }: Place, count: number): string | undefined {
    const { area } = this;
    if (area === undefined || top < area.top || top >= area.bottom) return this.showNothing();
    const at = Math.floor(((top - area.top) / (area.bottom - area.top)) * count);
    this.showBar(at, left, top);
    return this.spec?.kind === 'bar' ? this.spec.bars[at]?.run : undefined;
  }

  private showNothing(): undefined {
    this.tooltip.hide();
    this.hub.setCrosshair(undefined);
  }

  select(selection: Selection | undefined): void {
    this.selection = selection;
    this.due.overlay();
  }

  zoomToSelection(selection: Selection, withHeight: boolean): void {
    const { area, spec, content } = this;
    if (area === undefined || spec?.kind !== 'line' || content === undefined) return;
    const across = (pixel: number): number =>
      valueAt((pixel - area.left) / (area.right - area.left), spec.x.window, spec.x.scale);
    const up = (pixel: number): number =>
      valueAt((area.bottom - pixel) / (area.bottom - area.top), spec.y.window, spec.y.scale);
    const { metric } = content;
    if (withHeight && selection.bottom > selection.top) {
      this.hub.zoom.setHeight(metric, { min: up(selection.bottom), max: up(selection.top) });
    }
    this.setWindow({ min: across(selection.left), max: across(selection.right) });
  }

  zoomBy(factor: number, anchor: number): void {
    this.moveWindow((window, whole) => zoomed(window, anchor, factor, whole, this.scale));
  }

  panBy(part: number): void {
    this.moveWindow((window, whole) => panned(window, part, whole, this.scale));
  }

  showAll(): void {
    if (this.content === undefined) return;
    this.hub.zoom.setHeight(this.content.metric, undefined);
    this.hub.zoom.setWindow(this.content.metric, undefined);
  }

  private get scale() {
    return this.content?.axes.scaleX ?? 'linear';
  }

  private moveWindow(move: (window: Range, whole: Range) => Range): void {
    const { spec, content } = this;
    if (spec?.kind !== 'line' || content === undefined) return;
    const whole = wholeOf(content.model, this.scale);
    const window = this.hub.zoom.window(content.metric) ?? whole;
    this.setWindow(move(window, whole));
  }

  private setWindow(window: Range): void {
    const { content } = this;
    if (content === undefined) return;
    const whole = wholeOf(content.model, this.scale);
    const isAll = window.min <= whole.min && window.max >= whole.max;
    if (!isAll && !(window.max > window.min)) return;
    this.hub.zoom.setWindow(content.metric, isAll ? undefined : window);
  }

  private pointsNear(x: number): PointAt[] {
    const { spec, content } = this;
    if (spec?.kind !== 'line' || content === undefined) return [];
    const { window, scale } = spec.x;
    const share = 20 / Math.max(1, this.element.clientWidth);
    const reach = scale === 'log' ? Infinity : (window.max - window.min) * share;
    return pointsAt(content.model, x, reach).filter(
      (point) => point.x >= window.min && point.x <= window.max,
    );
  }

  private markedAt(
    top: number,
    { y }: Projections,
    x: number,
  ): { point: PointAt; distance: number } | undefined {
    const toPixel = projector(y);
    let marked: { point: PointAt; distance: number } | undefined;
    for (const point of this.pointsNear(x)) {
      const distance = Math.abs(toPixel(point.shown) - top);
      if (distance <= (marked?.distance ?? markReach)) marked = { point, distance };
    }
    return marked;
  }

  private leave(): void {
    this.showNothing();
    this.highlightSoon(undefined);
  }

  /** Not at once: a pointer that crosses many lines shows none of them apart. */
  private highlightSoon(run: string | undefined): void {
    clearTimeout(this.highlightTimer);
    this.highlightTimer = setTimeout(() => {
      this.highlighted = run;
      this.hub.highlight(run);
    }, 80);
  }

  private showTooltip(x: number, marked: string | undefined, { left, top }: Place): void {
    const { content, area, spec } = this;
    if (content === undefined || area === undefined || spec?.kind !== 'line') return;
    const { axes, locale } = content;
    const place = `${axes.title} ${formatPlace(x, axes.unit, locale)}`;
    const at = projector(projectionsOf(spec, area).x)(x);
    const table = tooltipTable(place, this.pointsNear(x), marked);
    this.tooltip.show(table, Number.isFinite(at) ? at : left, top);
  }

  private showBar(at: number, left: number, top: number): void {
    const bar = this.spec?.kind === 'bar' ? this.spec.bars[at] : undefined;
    if (bar === undefined) return;
    this.tooltip.show(barTooltip(bar), left, top);
  }

  private readonly onBlur = (): void => {
    this.cursor = undefined;
    this.bar = undefined;
    this.leave();
    this.due.overlay();
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const command = keyCommand(event);
    if (command === undefined || this.content === undefined || this.spec === undefined) return;
    this.pointed = undefined;
    if (command.kind === 'leave') {
      const isUsed = this.pointer.cancel() || this.cursor !== undefined;
      if (!isUsed) return;
      this.cursor = undefined;
      this.leave();
      this.due.overlay();
    } else if (this.spec.kind === 'bar') this.moveBar(command, this.spec.bars.length);
    else this.follow(command, this.spec);
    event.preventDefault();
    event.stopPropagation();
  };

  private follow(command: KeyCommand, spec: LineSpec): void {
    const { content } = this;
    if (content === undefined) return;
    if (command.kind === 'all') this.showAll();
    else if (command.kind === 'pan') this.panBy(command.part);
    else if (command.kind === 'zoom') this.zoomBy(command.factor, this.cursorFraction(spec));
    else {
      this.cursor = movedCursor(content.model, this.cursor, command, spec.x.window);
      this.sayCursor(content, spec);
    }
  }

  private cursorFraction(spec: LineSpec): number {
    const point = this.content && cursorPoint(this.content.model, this.cursor);
    if (point === undefined) return 0.5;
    return Math.max(0, Math.min(1, fractionOf(point.x, spec.x.window, spec.x.scale)));
  }

  /** Brings the point that the keyboard is at into sight, and says it. */
  private sayCursor(content: PictureContent, spec: LineSpec): void {
    const point = cursorPoint(content.model, this.cursor);
    if (point === undefined) return;
    const { axes, locale } = content;
    const { window, scale } = spec.x;
    if (point.x < window.min || point.x > window.max)
      this.panBy(fractionOf(point.x, window, scale) - 0.5);
    this.showCursor(content);
    this.due.overlay();
    const place = formatPlace(point.x, axes.unit, locale);
    announce(
      l10n.t('{0}, {1} {2}: {3}', point.line.name, axes.title, place, formatFull(point.logged)),
    );
  }

  private showCursor({ metric, model }: PictureContent): void {
    const point = cursorPoint(model, this.cursor);
    const { area, spec } = this;
    if (point === undefined || area === undefined || spec?.kind !== 'line') return;
    this.hub.setCrosshair({ metric, x: point.x });
    const top = projector(projectionsOf(spec, area).y)(point.shown);
    this.showTooltip(point.x, point.line.id, { left: area.left, top });
  }

  private moveBar(command: KeyCommand, count: number): void {
    const last = count - 1;
    if (command.kind === 'end') this.bar = command.direction === 1 ? last : 0;
    else if (command.kind === 'point' || command.kind === 'line') {
      const next = this.bar === undefined ? 0 : this.bar + command.direction;
      this.bar = Math.max(0, Math.min(last, next));
    } else return;
    const { area } = this;
    const bar = this.spec?.kind === 'bar' ? this.spec.bars[this.bar] : undefined;
    if (bar === undefined || area === undefined) return;
    const height = (area.bottom - area.top) / count;
    this.showBar(this.bar, (area.left + area.right) / 2, area.top + (this.bar + 0.5) * height);
    announce(l10n.t('{0}: {1}', bar.name, formatFull(bar.value)));
  }

  private fitOverlay(): void {
    const { overlay, element } = this;
    const width = Math.round(element.clientWidth * devicePixelRatio);
    const height = Math.round(element.clientHeight * devicePixelRatio);
    if (overlay.width !== width) overlay.width = width;
    if (overlay.height !== height) overlay.height = height;
  }
}

function nearestX(points: readonly PointAt[], x: number): number {
  let found: number | undefined;
  for (const point of points) {
    if (found === undefined || Math.abs(point.x - x) < Math.abs(found - x)) found = point.x;
  }
  return found ?? x;
}
