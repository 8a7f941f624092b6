import type { Part } from '../../src/protocol/runPage';
import type { VersionInit, VersionView } from '../../src/protocol/versionPage';
import { fieldsOf, numberOf, searchOf, shortTexts, textsOf } from '../kit/fields';
import { failedPage, keeping, unstarted, writtenView } from '../kit/pageFrame';
import type { FrameAction, PageFrame } from '../kit/pageFrame';
import { withMember } from '../kit/withMember';

/** What a person looks at in this very tab; it outlives hiding the tab and reloading the window. */
export interface Kept {
  /** Names of the sections that are folded. */
  readonly folded: ReadonlySet<string>;
  /** From which address the version is loaded; the first where none was chosen. */
  readonly address: string;
  /** How far the page is scrolled down, in pixels. */
  readonly scroll: number;
}

/** All that the page shows; a new object for every change, of which unchanged parts stay the same. */
export interface PageState extends PageFrame<undefined, Kept> {
  readonly view: VersionView | undefined;
  /** The input example, once somebody asked for it. */
  readonly example: Part<string> | undefined;
}

export type PageAction =
  | FrameAction<VersionInit, Kept>
  | { readonly type: 'view'; readonly view: VersionView }
  | { readonly type: 'example'; readonly example: Part<string> }
  | { readonly type: 'retrying' }
  | { readonly type: 'fold'; readonly section: string; readonly isFolded: boolean };

export type Dispatch = (action: PageAction) => void;

const usualKept: Kept = { folded: new Set(), address: '', scroll: 0 };

export const initialState: PageState = {
  ...unstarted(undefined, usualKept),
  ...{ view: undefined, example: undefined },
};

/** The state after an action; the same object when nothing changes. */
export function reduce(state: PageState, action: PageAction): PageState {
  switch (action.type) {
    case 'started': {
      const { view, restore } = action.init;
      const { kept } = writtenView(action.editorState);
      return { ...state, phase: 'ready', failure: undefined, view, restore, kept: readKept(kept) };
    }
    case 'failed':
      return failedPage(state, action.sentence);
    case 'view':
      return { ...state, view: action.view };
    case 'example':
      return { ...state, example: action.example };
    case 'retrying':
      return { ...state, view: state.view && { ...state.view, standing: 'loading' } };
    case 'fold': {
      const folded = withMember(state.kept.folded, action.section, action.isFolded);
      return keeping(state, { folded });
    }
    case 'kept':
      return keeping(state, action.change);
  }
}

/** Reads what {@link writeKept} wrote; what is wrong is as usual. */
export function readKept(value: unknown): Kept {
  const fields = fieldsOf(value);
  const { folded, address, scroll } = fields;
  return {
    folded: new Set(textsOf(folded)),
    address: searchOf(address),
    scroll: numberOf(scroll, 0, 1e8, 0),
  };
}

export function writeKept({ folded, address, scroll }: Kept): unknown {
  return { folded: shortTexts(folded), address: searchOf(address), scroll };
}
