import { html } from 'lit';
import type { TemplateResult } from 'lit';

/** A name with what it is, for a `<dl class="page-facts">`. */
export function fact(label: string, value: unknown): TemplateResult {
  return html`<div>
    <dt>${label}</dt>
    <dd>${value}</dd>
  </div>`;
}
