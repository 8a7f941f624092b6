import { followScroll } from './followScroll';
import { keepView } from './keepView';
import type { ViewMemory } from './keepView';
import type { Link } from './link';
import type { FrameAction, PageFrame } from './pageFrame';
import type { PageStore } from './pageStore';
import { startPage } from './startPage';
import type { PageInit, PageParts } from './startPage';

interface Scrolled {
  /** How far the page is scrolled down, in pixels. */
  readonly scroll: number;
}

/** What {@link startKeptPage} needs beside what every page does. */
export interface KeptPage<S, I extends PageInit> extends Pick<PageParts<S, I>, 'view' | 'askInit'> {
  readonly link: PageParts<S, I>['link'] & Pick<Link<never>, 'getState' | 'setState'>;
  readonly write: ViewMemory<S>['write'];
  /** Where a layout goes that other tabs share; nowhere where what is set up belongs to this tab. */
  readonly sayLayout?: ViewMemory<S>['sayLayout'] | undefined;
}

/** Starts a page that comes back as it was left: with what was set up, and scrolled to where it was. */
export function startKeptPage<S extends PageFrame<unknown, Scrolled>, A, I extends PageInit>(
  store: PageStore<S, A | FrameAction<I, Scrolled>>,
  { link, view, askInit, write, sayLayout }: KeptPage<S, I>,
): void {
  void startPage({
    ...{ store, link, view, askInit },
    begin: (init) => {
      store.dispatch({ type: 'started', init, editorState: link.getState() });
      keepView(store, { setState: (state) => link.setState(state), sayLayout, write });
      followScroll(store.state.kept.scroll, (scroll) => {
        store.dispatch({ type: 'kept', change: { scroll } });
      });
    },
  });
}
