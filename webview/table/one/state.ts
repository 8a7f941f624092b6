import type {
  TableArrangement,
  TableColumn,
  TableFilterMistake,
  TableInit,
  TableProgress,
  TableSummary,
} from '../../../src/protocol/tablePage';
import { failedPage, keeping, unstarted, writtenView } from '../../kit/pageFrame';
import type { FrameAction, PageFrame } from '../../kit/pageFrame';
import type { Selection } from '../grid/selection';
import { defaultKept, readKept } from './kept';
import type { Kept } from './kept';

/** Why the rows that were asked for cannot be shown. */
export interface Refusal {
  readonly sentence: string;
  readonly mistake: TableFilterMistake | undefined;
}

/** All that the page shows; a new object for every change, of which unchanged parts stay the same. */
export interface PageState extends PageFrame<undefined, Kept> {
  readonly locale: string;
  readonly name: string;
  readonly progress: TableProgress;
  readonly columns: readonly TableColumn[];
  /** Nothing but the rows as they come, until something else was asked for and made. */
  readonly arrangement: TableArrangement;
  /** Whether another arrangement is on its way; the one before is still shown. */
  readonly isArranging: boolean;
  readonly refusal: Refusal | undefined;
  readonly summaries: ReadonlyMap<number, TableSummary>;
  /** Of cells that have come: what is made from them is made anew when this changes. */
  readonly revision: number;
  readonly selection: Selection | undefined;
  /** What the grid is told again with each arrangement, so that it begins at the top. */
  readonly arranged: unknown;
}

export type PageAction =
  | FrameAction<TableInit, Kept>
  | { readonly type: 'progress'; readonly progress: TableProgress }
  | { readonly type: 'arranging' }
  | {
      readonly type: 'arranged';
      readonly arrangement: TableArrangement;
      /** Whether a person asked for another order or filter. */
      readonly isOther: boolean;
    }
  | { readonly type: 'refused'; readonly refusal: Refusal }
  | { readonly type: 'summary'; readonly column: number; readonly summary: TableSummary }
  | { readonly type: 'cells' }
  | { readonly type: 'selection'; readonly selection: Selection | undefined };

export type Dispatch = (action: PageAction) => void;

const noProgress: TableProgress = {
  facts: {
    ...{ rows: 0, columnsRevision: -1, rowsThere: undefined },
    ...{ limit: undefined, reading: undefined },
  },
  ...{ standing: 'reading', read: 0, size: undefined, problem: undefined },
};

export const naturalOrder: TableArrangement = { arrangement: 0, rows: 0, of: 0 };

export const initialState: PageState = {
  ...unstarted(undefined, defaultKept),
  ...{ restore: {}, locale: 'en', name: '' },
  ...{ progress: noProgress, columns: [], arrangement: naturalOrder, isArranging: false },
  ...{ refusal: undefined, summaries: new Map(), revision: 0, selection: undefined },
  arranged: {},
};

export function reduce(state: PageState, action: PageAction): PageState {
  switch (action.type) {
    case 'started':
      return started(state, action.init, action.editorState);
    case 'failed':
      return failedPage(state, action.sentence);
    case 'progress':
      return withProgress(state, action.progress);
    case 'arranging':
      return { ...state, isArranging: true };
    case 'arranged': {
      const { arrangement, isOther } = action;
      const rest = { ...state, arrangement, isArranging: false, refusal: undefined };
      return isOther ? { ...rest, arranged: {}, selection: undefined } : rest;
    }
    case 'refused':
      return { ...state, isArranging: false, refusal: action.refusal };
    case 'summary':
      return {
        ...state,
        summaries: new Map(state.summaries).set(action.column, action.summary),
      };
    case 'cells':
      return { ...state, revision: state.revision + 1 };
    case 'selection':
      return { ...state, selection: action.selection };
    case 'kept':
      return keeping(state, action.change);
  }
}

function started(state: PageState, init: TableInit, editorState: unknown): PageState {
  const begun: PageState = {
    ...state,
    phase: 'ready',
    locale: init.locale,
    name: init.name,
    kept: readKept(writtenView(editorState).kept),
  };
  return withProgress(begun, init.progress);
}

function withProgress(state: PageState, progress: TableProgress): PageState {
  const { facts } = progress;
  const isAnew = facts.columns !== undefined && facts.rows < state.progress.facts.rows;
  return {
    ...state,
    progress,
    columns: facts.columns ?? state.columns,
    ...(isAnew && {
      ...{ arrangement: naturalOrder, selection: undefined, refusal: undefined, arranged: {} },
      revision: state.revision + 1,
    }),
    // What was said of fewer rows is no longer true.
    ...(facts.rows !== state.progress.facts.rows && { summaries: new Map() }),
  };
}

/** The rows that are shown. */
export function shownRows({ arrangement, progress }: PageState): number {
  return arrangement.arrangement === 0 ? progress.facts.rows : arrangement.rows;
}
