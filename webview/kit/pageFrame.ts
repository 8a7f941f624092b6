import { fieldsOf } from './fields';

/** What every page knows of itself that keeps what a person looks at. */
export interface PageFrame<Layout, Kept> {
  readonly phase: 'starting' | 'ready' | 'failed';
  /** Why the page could not start, as a sentence. */
  readonly failure: string | undefined;
  /** What the extension restores the page from; its own. */
  readonly restore: unknown;
  readonly layout: Layout;
  readonly kept: Kept;
}

/** What becomes of every such page. */
export type FrameAction<Init, Kept> =
  | { readonly type: 'started'; readonly init: Init; readonly editorState: unknown }
  | { readonly type: 'failed'; readonly sentence: string }
  | { readonly type: 'kept'; readonly change: Partial<Kept> };

/** A page of which nothing is known yet. */
export function unstarted<Layout, Kept>(layout: Layout, kept: Kept): PageFrame<Layout, Kept> {
  return { phase: 'starting', failure: undefined, restore: undefined, layout, kept };
}

/** What a page kept in the state of the editor, as it was written. */
export function writtenView(editorState: unknown): {
  readonly layout: unknown;
  readonly kept: unknown;
} {
  const { layout, kept } = fieldsOf(fieldsOf(editorState)['view']);
  return { layout, kept };
}

export function failedPage<S extends PageFrame<unknown, unknown>>(state: S, failure: string): S {
  return { ...state, phase: 'failed', failure };
}

export function keeping<S extends PageFrame<unknown, object>>(
  state: S,
  change: Partial<S['kept']>,
): S {
  return { ...state, kept: { ...state.kept, ...change } };
}
