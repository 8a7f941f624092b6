import type { ComparePage } from '../../src/protocol/comparePage';
import { followScroll } from '../kit/followScroll';
import { keepView as keepInMemory } from '../kit/keepView';
import type { Link } from '../kit/link';
import type { PageStore } from '../kit/pageStore';
import { writeKept } from './kept';
import { writeLayout } from './layout';
import type { PageAction, PageState } from './state';

/** Keeps what a person set up from now on, and goes back to where the page was scrolled. */
export function keepView(store: PageStore<PageState, PageAction>, link: Link<ComparePage>): void {
  keepInMemory(store, {
    setState: (state) => link.setState(state),
    sayLayout: (layout) => link.notify('layout', layout),
    write: ({ layout, kept }) => ({ layout: writeLayout(layout), kept: writeKept(kept) }),
  });
  followScroll(store.state.kept.scroll, (scroll) => {
    store.dispatch({ type: 'kept', change: { scroll } });
  });
}
