import * as l10n from '@vscode/l10n';
import { html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { degreesText } from './graticule';
import type { Position } from './geoJson';
import { fittingView, movedByKey, panned, toDegrees, zoomedAt } from './mapView';
import type { Bounds, MapView, Size } from './mapView';
import { featureAt } from './nearestFeature';
import { paintMap } from './paintMap';
import type { DrawnFeature, MapColors } from './paintMap';

/** What the map shows. */
export interface MapInput {
  readonly features: readonly DrawnFeature[];
  readonly bounds: Bounds;
  readonly selected: number | undefined;
  readonly onSelect: (feature: number | undefined) => void;
  /** Another number once the selected feature is to be brought into sight. */
  readonly showing: number;
}

/** Farther than this a press is a drag, in pixels. */
const dragLength = 4;

/** The map: longitudes and latitudes as they are, drawn without asking anybody for anything. */
export class MapCanvas extends LitElement {
  static override properties = { input: { attribute: false }, pointed: { state: true } };

  declare input: MapInput | undefined;
  /** The degrees under the pointer. */
  declare private pointed: Position | undefined;
  private view: MapView | undefined;
  private dragged: { from: Position; last: Position; isMoved: boolean } | undefined;
  private isScheduled = false;
  private readonly sizes = new ResizeObserver(() => this.schedule());
  private readonly themes = new MutationObserver(() => this.schedule());

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
    this.themes.observe(document.body, { attributeFilter: ['class'] });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
    this.themes.disconnect();
  }

  /** Shows all of the map again. */
  showAll(): void {
    this.view = undefined;
    this.schedule();
  }

  zoom(factor: number): void {
    const { width, height } = this.size;
    this.set(this.view && zoomedAt(this.view, factor, [width / 2, height / 2], this.size));
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { input, pointed } = this;
    if (input === undefined) return nothing;
    return html`<canvas
        tabindex="0"
        role="application"
        aria-label=${l10n.t(
          'Map of {0} features. Arrows move it, plus and minus zoom, 0 shows all, the list beside it selects.',
          input.features.length,
        )}
        @wheel=${this.onWheel}
        @pointerdown=${this.onDown}
        @pointermove=${this.onMove}
        @pointerup=${this.onUp}
        @pointerleave=${() => (this.pointed = undefined)}
        @keydown=${this.onKey}
      ></canvas>
      <p class="map-place faint" aria-hidden="true">
        ${
          pointed === undefined
            ? nothing
            : `${degreesText(pointed[1], 'lat')}, ${degreesText(pointed[0], 'lon')}`
        }
      </p>`;
  }

  protected override updated(changed: PropertyValues): void {
    const before = changed.get('input') as MapInput | undefined;
    const { input } = this;
    if (input !== undefined && before !== undefined && before.showing !== input.showing) {
      const bounds = input.features[input.selected ?? -1]?.bounds;
      if (bounds !== undefined) this.view = this.viewOf(bounds);
    }
    this.schedule();
  }

  /** A single point is shown with what is around it. */
  private viewOf(bounds: Bounds): MapView {
    const view = fittingView(bounds, this.size);
    const all = this.input && fittingView(this.input.bounds, this.size);
    const isPoint = bounds.west === bounds.east && bounds.south === bounds.north;
    return isPoint && all ? { ...view, scale: Math.min(view.scale, all.scale * 8) } : view;
  }

  private get canvas(): HTMLCanvasElement | null {
    return this.querySelector('canvas');
  }

  private get size(): Size {
    const { clientWidth: width = 0, clientHeight: height = 0 } = this.canvas ?? {};
    return { width, height };
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    requestAnimationFrame(() => {
      this.isScheduled = false;
      this.paint();
    });
  }

  private paint(): void {
    const { canvas, input, size } = this;
    const context = canvas?.getContext('2d');
    if (!canvas || !context || input === undefined || size.width === 0) return;
    const ratio = window.devicePixelRatio;
    canvas.width = Math.round(size.width * ratio);
    canvas.height = Math.round(size.height * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.view ??= fittingView(input.bounds, size);
    paintMap(context, input.features, input.selected, this.view, size, colorsOf(this));
  }

  private set(view: MapView | undefined): void {
    if (view === undefined) return;
    this.view = view;
    this.schedule();
  }

  private placeOf({ clientX, clientY }: MouseEvent): Position {
    const { left = 0, top = 0 } = this.canvas?.getBoundingClientRect() ?? {};
    return [clientX - left, clientY - top];
  }

  private readonly onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const factor = Math.exp(-event.deltaY * (event.deltaMode === 0 ? 0.002 : 0.05));
    this.set(this.view && zoomedAt(this.view, factor, this.placeOf(event), this.size));
  };

  private readonly onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const place = this.placeOf(event);
    this.dragged = { from: place, last: place, isMoved: false };
    this.canvas?.setPointerCapture(event.pointerId);
  };

  private readonly onMove = (event: PointerEvent): void => {
    const place = this.placeOf(event);
    const { dragged, view } = this;
    if (view === undefined) return;
    if (dragged === undefined) {
      this.pointed = toDegrees(view, this.size, place);
      return;
    }
    const distance = Math.hypot(place[0] - dragged.from[0], place[1] - dragged.from[1]);
    const isMoved = dragged.isMoved || distance > dragLength;
    const move: Position = [place[0] - dragged.last[0], place[1] - dragged.last[1]];
    this.dragged = { ...dragged, last: place, isMoved };
    if (isMoved) this.set(panned(view, move));
  };

  private readonly onUp = (event: PointerEvent): void => {
    const { dragged, view, input } = this;
    this.dragged = undefined;
    if (dragged === undefined || dragged.isMoved || view === undefined || input === undefined)
      return;
    const place = toDegrees(view, this.size, this.placeOf(event));
    input.onSelect(featureAt(input.features, place, view));
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || this.view === undefined) return;
    if (event.key === '0') this.showAll();
    else if (event.key === 'Escape') this.input?.onSelect(undefined);
    else {
      const view = movedByKey(event.key, this.view, this.size);
      if (view === undefined) return;
      this.set(view);
    }
    event.preventDefault();
  };
}

function colorsOf(element: HTMLElement): MapColors {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    shape: read('--vscode-charts-blue') || style.color,
    selected: read('--vscode-charts-orange') || style.color,
    line:
      read('--vscode-editorIndentGuide-background1') ||
      read('--vscode-editorWidget-border') ||
      style.color,
    text: read('--vscode-descriptionForeground') || style.color,
    background: style.backgroundColor,
    font: `11px ${style.fontFamily}`,
  };
}

customElements.define('map-canvas', MapCanvas);
