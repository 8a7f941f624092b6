import { html, LitElement } from 'lit';
import type { TemplateResult, nothing } from 'lit';
import { styled } from '../kit/styled';
import { placed, wholePicture, zoomedAt, zoomedByKey, panned } from './zoomView';
import type { Size, ZoomView } from './zoomView';

/** A picture that lies on others in the same pane. */
export interface Layer {
  readonly url: string;
  readonly alt: string;
  /** From 0 to 1. */
  readonly opacity?: number | undefined;
  /** So much of the pane's left is cut off, from 0 to 1. */
  readonly cut?: number | undefined;
}

const enlarged = 2;

/**
 * Shows pictures on top of each other, which are zoomed by wheel and keys and moved by dragging. Pictures of other sizes than
 * the first are stretched over it.
 */
export class ZoomPane extends LitElement {
  static override properties = {
    layers: { attribute: false },
    view: { attribute: false },
    size: { state: true },
  };

  declare layers: readonly Layer[];
  declare view: ZoomView;
  /** Is told what a person made of the view. */
  onView: (view: ZoomView) => void = (view) => {
    this.view = view;
  };
  /** Is told the size of a picture, by its address, once it is known. */
  onSize: (url: string, size: Size) => void = () => undefined;
  declare private size: Size;
  private dragged: { x: number; y: number } | undefined;
  private readonly sizes = new ResizeObserver(() => this.requestUpdate());

  constructor() {
    super();
    this.layers = [];
    this.view = wholePicture;
    this.size = { width: 0, height: 0 };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.tabIndex = 0;
    this.setAttribute('role', 'group');
    this.sizes.observe(this);
    this.addEventListener('wheel', this.onWheel, { passive: false });
    this.addEventListener('pointerdown', this.onDown);
    this.addEventListener('pointermove', this.onMove);
    this.addEventListener('pointerup', this.onUp);
    this.addEventListener('dblclick', this.onDoubleClick);
    this.addEventListener('keydown', this.onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { left, top, width, height } = placed(this.view, this.pane, this.size);
    const isPixelated = width > enlarged * this.size.width;
    return html`${this.layers.map(({ url, alt, opacity = 1, cut = 0 }, at) => {
      const hidden = Math.max(0, cut * this.pane.width - left);
      return html`<img
        src=${url}
        alt=${alt}
        draggable="false"
        decoding="async"
        class=${isPixelated ? 'is-pixelated' : ''}
        @load=${(event: Event) => this.loaded(event.target as HTMLImageElement, url, at)}
        ${styled({
          left: `${left}px`,
          top: `${top}px`,
          width: `${width}px`,
          height: `${height}px`,
          opacity: String(opacity),
          'clip-path': cut === 0 ? 'none' : `inset(0 0 0 ${hidden}px)`,
        })}
      />`;
    })}`;
  }

  private get pane(): Size {
    return { width: this.clientWidth, height: this.clientHeight };
  }

  private loaded(image: HTMLImageElement, url: string, at: number): void {
    // An SVG may have no size of its own.
    const size = { width: image.naturalWidth || 300, height: image.naturalHeight || 150 };
    if (at === 0) this.size = size;
    this.onSize(url, size);
  }

  private readonly onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const { left, top } = this.getBoundingClientRect();
    const point = { x: event.clientX - left, y: event.clientY - top };
    const factor = Math.exp(-event.deltaY * (event.deltaMode === 0 ? 0.002 : 0.05));
    this.onView(zoomedAt(this.view, factor, point, this.pane, this.size));
  };

  private readonly onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    this.dragged = { x: event.clientX, y: event.clientY };
    this.setPointerCapture(event.pointerId);
  };

  private readonly onMove = (event: PointerEvent): void => {
    if (this.dragged === undefined) return;
    const move = { x: event.clientX - this.dragged.x, y: event.clientY - this.dragged.y };
    this.dragged = { x: event.clientX, y: event.clientY };
    this.onView(panned(this.view, move, this.pane, this.size));
  };

  private readonly onUp = (): void => {
    this.dragged = undefined;
  };

  private readonly onDoubleClick = (): void => {
    const isWhole = this.view.scale === 1;
    const view = isWhole ? zoomedByKey('1', this.view, this.pane, this.size) : wholePicture;
    if (view !== undefined) this.onView(view);
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.target !== this || event.ctrlKey || event.metaKey || event.altKey) return;
    const view = zoomedByKey(event.key, this.view, this.pane, this.size);
    if (view === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.onView(view);
  };
}

customElements.define('zoom-pane', ZoomPane);
