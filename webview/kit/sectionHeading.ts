import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { icon } from './icons';

/** The line above a part of the page: a heading that folds it, and what belongs to it. */
export function sectionHeading(
  name: string,
  title: string,
  isFolded: boolean,
  fold: (isFolded: boolean) => void,
  controls: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  return html`<div class="section-line">
    <h2 id="heading-${name}">
      <button
        type="button"
        class="fold"
        aria-expanded=${isFolded ? 'false' : 'true'}
        @click=${() => fold(!isFolded)}
      >
        ${icon(isFolded ? 'chevronRight' : 'chevronDown')}${title}
      </button>
    </h2>
    ${controls}
  </div>`;
}
