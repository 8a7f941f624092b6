import type { Part } from '../../src/protocol/runPage';
import type { VersionInit, VersionView } from '../../src/protocol/versionPage';
import { fieldsOf, numberOf, shortTexts, textsOf } from '../kit/fields';
import { withMember } from '../kit/withMember';

/** What a person looks at in this very tab; it outlives hiding the tab and reloading the window. */
export interface Kept {
  /** Names of the sections that are folded. */
  readonly folded: ReadonlySet<string>;
  /** How far the page is scrolled down, in pixels. */
  readonly scroll: number;
}

/** All that the page shows; a new object for every change, of which unchanged parts stay the same. */
export interface PageState {
  readonly phase: 'starting' | 'ready' | 'failed';
  /** Why the page could not start, as a sentence. */
  readonly failure: string | undefined;
  readonly view: VersionView | undefined;
  /** The input example, once somebody asked for it. */
  readonly example: Part<string> | undefined;
  readonly restore: unknown;
  /** This page has none that it shares with others. */
  readonly layout: undefined;
  readonly kept: Kept;
}

export type PageAction =
  | { readonly type: 'started'; readonly init: VersionInit; readonly editorState: unknown }
  | { readonly type: 'failed'; readonly sentence: string }
  | { readonly type: 'view'; readonly view: VersionView }
  | { readonly type: 'example'; readonly example: Part<string> }
  | { readonly type: 'retrying' }
  | { readonly type: 'fold'; readonly section: string; readonly isFolded: boolean }
  | { readonly type: 'kept'; readonly change: Partial<Kept> };

export type Dispatch = (action: PageAction) => void;

const usualKept: Kept = { folded: new Set(['systemTags']), scroll: 0 };

export const initialState: PageState = {
  phase: 'starting',
  failure: undefined,
  view: undefined,
  example: undefined,
  restore: undefined,
  layout: undefined,
  kept: usualKept,
};

/** The state after an action; the same object when nothing changes. */
export function reduce(state: PageState, action: PageAction): PageState {
  switch (action.type) {
    case 'started': {
      const { view, restore } = action.init;
      const { kept } = fieldsOf(fieldsOf(action.editorState)['view']);
      return { ...state, phase: 'ready', failure: undefined, view, restore, kept: readKept(kept) };
    }
    case 'failed':
      return { ...state, phase: 'failed', failure: action.sentence };
    case 'view':
      return { ...state, view: action.view };
    case 'example':
      return { ...state, example: action.example };
    case 'retrying':
      return { ...state, view: state.view && { ...state.view, standing: 'loading' } };
    case 'fold': {
      const folded = withMember(state.kept.folded, action.section, action.isFolded);
      return { ...state, kept: { ...state.kept, folded } };
    }
    case 'kept':
      return { ...state, kept: { ...state.kept, ...action.change } };
  }
}

/** Reads what {@link writeKept} wrote; what is wrong is as usual. */
export function readKept(value: unknown): Kept {
  const fields = fieldsOf(value);
  const { folded, scroll } = fields;
  return {
    folded: folded === undefined ? usualKept.folded : new Set(textsOf(folded)),
    scroll: numberOf(scroll, 0, 1e8, 0),
  };
}

export function writeKept({ folded, scroll }: Kept): unknown {
  return { folded: shortTexts(folded), scroll };
}
