import type { ComparedRun, ComparePage, CompareInit } from '../../src/protocol/comparePage';
import { changedLayout } from '../kit/latestLayout';
import { failedPage, keeping, unstarted, writtenView } from '../kit/pageFrame';
import type { FrameAction, PageFrame } from '../kit/pageFrame';
import { withMember } from '../kit/withMember';
import { defaultKept, readKept } from './kept';
import type { Kept } from './kept';
import { defaultLayout, latestLayout } from './layout';
import type { Layout } from './layout';

/** All that the page shows; a new object for every change, of which unchanged parts stay the same. */
export interface PageState extends PageFrame<Layout, Kept> {
  /** In the order of their columns. */
  readonly runs: readonly ComparedRun[];
  readonly metricKeys: readonly string[];
  readonly sampledPoints: number;
  /** In seconds; 0 is never. */
  readonly refreshInterval: number;
  readonly readAt: number | undefined;
  readonly live: boolean;
  /** What concerns the whole page, as a sentence. */
  readonly trouble: string | undefined;
  /** The run that the pointer or the focus is on, everywhere. */
  readonly highlighted: string | undefined;
}

export type PageAction =
  | FrameAction<CompareInit, Kept>
  | { readonly type: 'runs'; readonly event: ComparePage['events']['runs'] }
  | { readonly type: 'trouble'; readonly sentence: string | undefined }
  | { readonly type: 'retrying'; readonly runs: readonly string[] }
  | { readonly type: 'removed'; readonly runs: readonly string[] }
  | { readonly type: 'live'; readonly live: boolean }
  | { readonly type: 'highlight'; readonly run: string | undefined }
  | { readonly type: 'baseline'; readonly run: string }
  | { readonly type: 'toggleHidden'; readonly run: string }
  | { readonly type: 'hideOthers'; readonly run: string }
  | { readonly type: 'showAll' }
  | { readonly type: 'fold'; readonly section: string; readonly folded: boolean }
  | { readonly type: 'layout'; readonly change: Partial<Layout> };

export type Dispatch = (action: PageAction) => void;

export const initialState: PageState = {
  ...unstarted(defaultLayout, defaultKept),
  runs: [],
  metricKeys: [],
  sampledPoints: 0,
  refreshInterval: 0,
  readAt: undefined,
  live: false,
  trouble: undefined,
  highlighted: undefined,
};

/** The state after an action; the same object when nothing changes. */
export function reduce(state: PageState, action: PageAction): PageState {
  switch (action.type) {
    case 'started':
      return started(state, action.init, action.editorState);
    case 'failed':
      return failedPage(state, action.sentence);
    case 'runs':
      return withRuns(state, action.event);
    case 'trouble':
      return { ...state, trouble: action.sentence };
    case 'retrying':
      return { ...state, runs: retrying(state.runs, new Set(action.runs)) };
    case 'removed':
      return without(state, new Set(action.runs));
    case 'live':
      return { ...state, live: action.live };
    case 'highlight':
      return state.highlighted === action.run ? state : { ...state, highlighted: action.run };
    case 'baseline':
      return keeping(state, { baseline: action.run });
    case 'toggleHidden':
      return keeping(state, { hidden: toggled(state.kept.hidden, action.run) });
    case 'hideOthers':
      return keeping(state, { hidden: new Set(othersThan(state.runs, action.run)) });
    case 'showAll':
      return keeping(state, { hidden: new Set() });
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

/** The run that differences are measured from. */
export function baselineOf({ runs, kept }: PageState): ComparedRun | undefined {
  return runs.find(({ key }) => key === kept.baseline) ?? runs[0];
}

/** The runs that are not hidden, in their order. */
export function visibleRuns({ runs, kept }: PageState): readonly ComparedRun[] {
  return kept.hidden.size === 0 ? runs : runs.filter(({ key }) => !kept.hidden.has(key));
}

function started(state: PageState, init: CompareInit, editorState: unknown): PageState {
  const { layout, kept } = writtenView(editorState);
  return {
    ...state,
    phase: 'ready',
    failure: undefined,
    runs: init.runs,
    metricKeys: init.metricKeys,
    sampledPoints: init.sampledPoints,
    refreshInterval: init.refreshInterval,
    readAt: init.readAt,
    live: init.live,
    restore: init.restore,
    layout: latestLayout(layout, init.layout),
    kept: readKept(kept),
  };
}

function withRuns(state: PageState, event: ComparePage['events']['runs']): PageState {
  const known = new Map(state.runs.map((run) => [run.key, run]));
  event.runs.forEach((run) => known.set(run.key, run));
  const runs = event.order.flatMap((key) => known.get(key) ?? []);
  const { metricKeys, restore, readAt } = event;
  return { ...state, runs, metricKeys, restore, readAt };
}

function retrying(runs: readonly ComparedRun[], keys: ReadonlySet<string>): ComparedRun[] {
  return runs.map((run) =>
    keys.has(run.key) ? { ...run, standing: 'loading', problem: undefined } : run,
  );
}

function without(state: PageState, keys: ReadonlySet<string>): PageState {
  const hidden = new Set([...state.kept.hidden].filter((key) => !keys.has(key)));
  const runs = state.runs.filter(({ key }) => !keys.has(key));
  return { ...keeping(state, { hidden }), runs };
}

function laidOut(state: PageState, change: Partial<Layout>): PageState {
  return { ...state, layout: changedLayout(state.layout, change) };
}

function toggled(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  return withMember(keys, key, !keys.has(key));
}

function othersThan(runs: readonly ComparedRun[], run: string): string[] {
  return runs.map(({ key }) => key).filter((key) => key !== run);
}
