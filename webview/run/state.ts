import type { ComparedRun } from '../../src/protocol/comparePage';
import type { RunDetails, RunInit, RunPage } from '../../src/protocol/runPage';
import type { ChartsAction, ChartsState } from '../charts/chartsState';
import { changedLayout } from '../kit/latestLayout';
import { failedPage, keeping, unstarted, writtenView } from '../kit/pageFrame';
import type { FrameAction, PageFrame } from '../kit/pageFrame';
import { withMember } from '../kit/withMember';
import { defaultKept, readKept } from './kept';
import type { Kept } from './kept';
import { defaultLayout, latestLayout } from './layout';
import type { Layout } from './layout';

/** All that the page shows; a new object for every change, of which unchanged parts stay the same. */
export interface PageState extends ChartsState, PageFrame<Layout, Kept> {
  readonly details: RunDetails | undefined;
  readonly readAt: number | undefined;
  readonly live: boolean;
  /** Why the run cannot be changed here, as a sentence; `undefined` where it can. */
  readonly readOnly: string | undefined;
  /** What concerns the whole page, as a sentence. */
  readonly trouble: string | undefined;
  /** Why least and greatest values of metrics were not read, as a sentence. */
  readonly unreadExtremes: string | undefined;
  /** Another number once what the page asks for by itself, such as artifacts, is to be asked for again. */
  readonly reading: number;
  readonly layout: Layout;
  readonly kept: Kept;
}

export type PageAction =
  | ChartsAction
  | FrameAction<RunInit, Kept>
  | { readonly type: 'run'; readonly event: RunPage['events']['run'] }
  | { readonly type: 'trouble'; readonly sentence: string | undefined }
  | { readonly type: 'retrying' }
  | { readonly type: 'unreadExtremes'; readonly sentence: string }
  | { readonly type: 'readAgain' }
  | { readonly type: 'live'; readonly live: boolean };

export type Dispatch = (action: PageAction) => void;

export const initialState: PageState = {
  ...unstarted(defaultLayout, defaultKept),
  runs: [],
  details: undefined,
  metricKeys: [],
  sampledPoints: 0,
  readAt: undefined,
  live: false,
  readOnly: undefined,
  trouble: undefined,
  unreadExtremes: undefined,
  reading: 0,
  highlighted: undefined,
};

/** The run that the page shows; `undefined` before it starts. */
export function runOf({ runs }: Pick<PageState, 'runs'>): ComparedRun | undefined {
  return runs[0];
}

/** The state after an action; the same object when nothing changes. */
export function reduce(state: PageState, action: PageAction): PageState {
  switch (action.type) {
    case 'started':
      return started(state, action.init, action.editorState);
    case 'failed':
      return failedPage(state, action.sentence);
    case 'run': {
      const { run, ...rest } = action.event;
      const next = { ...state, runs: [run], ...rest };
      return isOtherwise(runOf(state), run) ? readAgain(next) : next;
    }
    case 'trouble': {
      const next = { ...state, trouble: action.sentence };
      const isOver = state.trouble !== undefined && action.sentence === undefined;
      return isOver ? readAgain(next) : next;
    }
    case 'unreadExtremes':
      return { ...state, unreadExtremes: action.sentence };
    case 'readAgain':
      return readAgain(state);
    case 'retrying':
      return { ...state, runs: state.runs.map((run) => ({ ...run, standing: 'loading' })) };
    case 'live':
      return { ...state, live: action.live };
    case 'highlight':
      // One run needs no marking.
      return state;
    case 'fold':
      return laidOut(state, {
        folded: withMember(state.layout.folded, action.section, action.folded),
      });
    case 'layout':
      return laidOut(state, action.change);
    case 'kept':
      return keeping(state, action.change);
  }
}

function started(state: PageState, init: RunInit, editorState: unknown): PageState {
  const { layout, kept } = writtenView(editorState);
  const { run, details, metricKeys, sampledPoints, readAt, live, readOnly, restore } = init;
  return {
    ...state,
    phase: 'ready',
    failure: undefined,
    runs: [run],
    ...{ details, metricKeys, sampledPoints, readAt, live, readOnly, restore },
    layout: latestLayout(layout, init.layout),
    kept: readKept(kept),
  };
}

function readAgain(state: PageState): PageState {
  return { ...state, reading: state.reading + 1, unreadExtremes: undefined };
}

/** Whether a run goes on otherwise than before, such as that it ended or can be read again. */
function isOtherwise(before: ComparedRun | undefined, run: ComparedRun): boolean {
  const isSame = before?.standing === 'ready' && before.status === run.status;
  return run.standing === 'ready' && !isSame;
}

function laidOut(state: PageState, change: Partial<Layout>): PageState {
  return { ...state, layout: changedLayout(state.layout, change) };
}
