import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { sectionHeading } from '../../kit/sectionHeading';
import type { PageParts } from './pageParts';

/** A part of the page below a heading that folds it; what is folded is not made. */
export function section(
  { state, dispatch }: PageParts,
  name: string,
  title: string,
  content: () => unknown,
  controls: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  const isFolded = state.layout.folded.has(name);
  const fold = (folded: boolean): void => dispatch({ type: 'fold', section: name, folded });
  return html`<section class="part" aria-labelledby="heading-${name}">
    ${sectionHeading(name, title, isFolded, fold, isFolded ? nothing : controls)}
    ${isFolded ? nothing : content()}
  </section>`;
}
