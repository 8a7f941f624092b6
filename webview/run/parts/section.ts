import { sectionsBy } from '../../kit/partSection';
import type { PageParts } from './pageParts';

/** A part of the page below a heading that folds it; what is folded is not made. */
export const section = sectionsBy<PageParts>(({ state, dispatch }) => ({
  folded: state.layout.folded,
  fold: (name, folded) => dispatch({ type: 'fold', section: name, folded }),
}));
