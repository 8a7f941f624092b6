import { fieldsOf } from './fields';
import type { PageStore } from './pageStore';

/** What a page remembers, in two kinds of memory. */
export interface RememberedState {
  /** An object of the extension's, from which it restores the page. */
  readonly restore: unknown;
  /** How things are set up; remembered for the server and its experiments. */
  readonly layout: unknown;
  /** What a person looks at in this very tab. */
  readonly kept: unknown;
}

/** Where it is remembered. */
export interface ViewMemory<S> {
  setState(state: unknown): void;
  /** Absent where a layout belongs to this very tab. */
  readonly sayLayout?: ((layout: unknown) => void) | undefined;
  /** As JSON. */
  write(state: S): { readonly layout: unknown; readonly kept: unknown };
}

/** So long nothing may change before the last of several changes is sent, in milliseconds. */
const restingTime = 300;

/**
 * Keeps what a person set up from now on: in the editor's state of this tab at once, and the layout with the extension, at
 * once and, where more changes follow, once it rests.
 */
export function keepView<S extends RememberedState, A>(
  store: PageStore<S, A>,
  memory: ViewMemory<S>,
): void {
  let before = store.state;
  let said = before.layout;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const sayLayout = (): void => {
    if (said === before.layout) return;
    said = before.layout;
    memory.sayLayout?.(memory.write(before).layout);
  };
  const rest = (): void => {
    timer = undefined;
    sayLayout();
  };
  keep(store.state, memory);
  store.onChange((state) => {
    if (!isSameView(state, before)) keep(state, memory);
    const isLaidOut = state.layout !== before.layout;
    before = state;
    if (!isLaidOut) return;
    if (timer === undefined) sayLayout();
    clearTimeout(timer);
    timer = setTimeout(rest, restingTime);
  });
  // A tab that is hidden is thrown away.
  document.addEventListener('visibilitychange', sayLayout);
}

function isSameView(one: RememberedState, other: RememberedState): boolean {
  return one.restore === other.restore && one.layout === other.layout && one.kept === other.kept;
}

function keep<S extends RememberedState>(state: S, memory: ViewMemory<S>): void {
  memory.setState({ ...fieldsOf(state.restore), view: memory.write(state) });
}
