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

/** Which parts of a page are folded, and how that is changed. */
export interface Folding {
  readonly folded: ReadonlySet<string>;
  readonly fold: (name: string, isFolded: boolean) => void;
}

/**
 * Makes the parts of a page below headings that fold them; `foldingOf` says where the page keeps what is folded.
 */
export function sectionsBy<P>(foldingOf: (parts: P) => Folding) {
  return (
    parts: P,
    name: string,
    title: string,
    content: () => unknown,
    controls: TemplateResult | typeof nothing = nothing,
  ): TemplateResult => {
    const { folded, fold } = foldingOf(parts);
    const foldThis = (isFolded: boolean): void => fold(name, isFolded);
    return partSection({
      ...{ name, title, content, controls },
      ...{ isFolded: folded.has(name), fold: foldThis },
    });
  };
}

/** A part of a page below a heading that folds it; what is folded is not made. */
export function partSection(part: PartSection): TemplateResult {
  const { name, title, isFolded, fold, content, controls = nothing } = part;
  return html`<section class="part" aria-labelledby="heading-${name}">
    ${sectionHeading(name, title, isFolded, fold, isFolded ? nothing : controls)}
    ${isFolded ? nothing : content()}
  </section>`;
}
