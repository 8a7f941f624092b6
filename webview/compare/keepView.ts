import type { ComparePage } from '../../src/protocol/comparePage';
import type { Link } from '../kit/link';
import type { PageStore } from '../kit/pageStore';
import { writeKept } from './kept';
import { fieldsOf, writeLayout } from './layout';
import type { PageAction, PageState } from './state';

/** So long nothing may change before the layout is sent, in milliseconds. */
const restingTime = 300;

/**
 * Keeps what a person set up from now on: in the editor's state of this tab at once, and the layout, once it
 * rests, with the extension. Goes back to where the page was scrolled.
 */
export function keepView(store: PageStore<PageState, PageAction>, link: Link<ComparePage>): void {
  let { layout } = store.state;
  let before = store.state;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const sendLayout = (): void => {
    clearTimeout(timer);
    timer = undefined;
    link.notify('layout', writeLayout(layout));
  };
  keep(store.state, link);
  store.onChange((state) => {
    if (!isSameView(state, before)) keep(state, link);
    before = state;
    if (state.layout === layout) return;
    layout = state.layout;
    clearTimeout(timer);
    timer = setTimeout(sendLayout, restingTime);
  });
  // A tab that is hidden is thrown away.
  document.addEventListener('visibilitychange', () => {
    if (timer !== undefined) sendLayout();
  });
  followScroll(store);
}

function isSameView(one: PageState, other: PageState): boolean {
  return one.restore === other.restore && one.layout === other.layout && one.kept === other.kept;
}

function keep({ restore, layout, kept }: PageState, link: Link<ComparePage>): void {
  link.setState({
    ...fieldsOf(restore),
    view: { layout: writeLayout(layout), kept: writeKept(kept) },
  });
}

function followScroll(store: PageStore<PageState, PageAction>): void {
  requestAnimationFrame(() => {
    window.scrollTo({ top: store.state.kept.scroll, behavior: 'instant' });
    document.addEventListener('scrollend', () => {
      store.dispatch({ type: 'kept', change: { scroll: Math.round(window.scrollY) } });
    });
  });
}
