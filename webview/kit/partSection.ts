import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { sectionHeading } from './sectionHeading';

/** A part of a page, as {@link partSection} shows it. */
export interface PartSection {
  readonly name: string;
  readonly title: string;
  readonly isFolded: boolean;
  readonly fold: (isFolded: boolean) => void;
  readonly content: () => unknown;
  readonly controls?: TemplateResult | typeof nothing;
}

/** A part of a page below a heading that folds it; what is folded is not made. */
export function partSection(part: PartSection): TemplateResult {
  const { name, title, isFolded, fold, content, controls = nothing } = part;
  return html`<section class="part" aria-labelledby="heading-${name}">
    ${sectionHeading(name, title, isFolded, fold, isFolded ? nothing : controls)}
    ${isFolded ? nothing : content()}
  </section>`;
}
