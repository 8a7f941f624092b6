import type { TemplateResult, nothing } from 'lit';
import { partSection } from '../../kit/partSection';
import type { PageParts } from './pageParts';

/** A part of the page below a heading that folds it; what is folded is not made. */
export function section(
  { state, dispatch }: PageParts,
  name: string,
  title: string,
  content: () => unknown,
  controls?: TemplateResult | typeof nothing,
): TemplateResult {
  return partSection({
    ...{ name, title, content },
    isFolded: state.layout.folded.has(name),
    fold: (folded) => dispatch({ type: 'fold', section: name, folded }),
    ...(controls !== undefined && { controls }),
  });
}
