import { html } from 'lit';
import type { TemplateResult } from 'lit';

/** The text of a field again, unseen behind it: only the line below what is wrong shows. */
export function filterMark(text: string, start = 0, end = 0): TemplateResult {
  // prettier-ignore
  return html`<div class="filter-mirror" aria-hidden="true"
    >${text.slice(0, start)}<span class="filter-mistake">${text.slice(start, end)}</span
    >${text.slice(end)}</div>`;
}
