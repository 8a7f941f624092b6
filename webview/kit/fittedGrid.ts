import { html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { OwnWidth } from './ownWidth';
import './virtualGrid';
import type { GridModel } from './virtualGrid';

/** A virtual grid that is as wide as there is room. */
export class FittedGrid extends LitElement {
  static override properties = { make: { attribute: false } };

  /** What it shows at a width in pixels. */
  declare make: ((width: number) => GridModel) | undefined;
  private readonly width = new OwnWidth(this);

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { make, width } = this;
    if (make === undefined || width.value === 0) return nothing;
    return html`<virtual-grid class="fitted-rows" .model=${make(width.value)}></virtual-grid>`;
  }
}

customElements.define('fitted-grid', FittedGrid);
