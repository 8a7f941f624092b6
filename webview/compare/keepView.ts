import type { ComparePage } from '../../src/protocol/comparePage';
import type { Link } from '../kit/link';
import type { PageStore } from '../kit/pageStore';
import { writeKept } from './kept';
import { fieldsOf, writeLayout } from './layout';
import type { PageAction, PageState } from './state';

/** So long nothing may change before the last of several changes is sent, in milliseconds. */
const restingTime = 300;

/**
 * Keeps what a person set up from now on: in the editor's state of this tab at once, and the layout with the extension, at
 * once and, where more changes follow, once it rests. Goes back to where the page was scrolled.
 */
export function keepView(store: PageStore<PageState, PageAction>, link: Link<ComparePage>): void {
  let before = store.state;
  let said = before.layout;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const sayLayout = (): void => {
    if (said === before.layout) return;
    said = before.layout;
    link.notify('layout', writeLayout(said));
  };
  const rest = (): void => {
    timer = undefined;
    sayLayout();
  };
  keep(store.state, link);
  store.onChange((state) => {
    if (!isSameView(state, before)) keep(state, link);
    const isLaidOut = state.layout !== before.layout;
    before = state;
    if (!isLaidOut) return;
    if (timer === undefined) sayLayout();
    clearTimeout(timer);
    timer = setTimeout(rest, restingTime);
  });
  // A tab that is hidden is thrown away.
  document.addEventListener('visibilitychange', sayLayout);
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
