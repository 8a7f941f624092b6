import type {
  FilterRefusal,
  NamedView,
  RunsInit,
  RunsPage,
  TableExperiment,
} from '../../src/protocol/runsPage';
import { fieldsOf } from '../kit/fields';
import { changedLayout } from '../kit/latestLayout';
import type { ColumnId } from './model/columnId';
import { defaultKept, readKept } from './model/kept';
import type { Kept } from './model/kept';
import { latestLayout, readLayout } from './model/layoutJson';
import { RunsData } from './model/runsData';
import { defaultLayout } from './model/tableLayout';
import type { TableLayout } from './model/tableLayout';
import { usualColumns } from './model/usualColumns';

type Events = RunsPage['events'];

/** How far the reading is. */
export type Progress = Omit<Events['progress'], 'reading'>;

/** All that the page shows; a new object for every change, of which unchanged parts stay the same. */
export interface PageState {
  readonly phase: 'starting' | 'ready' | 'failed';
  /** Why the page could not start, as a sentence. */
  readonly failure: string | undefined;
  readonly locale: string;
  /** Up to when ages are counted, in milliseconds since 1970. */
  readonly now: number;
  readonly experiments: readonly TableExperiment[];
  readonly exactExtremes: boolean;
  readonly filterNull: boolean;
  readonly views: readonly NamedView[];
  readonly live: boolean;
  readonly restore: unknown;
  /** What concerns the whole page, as a sentence. */
  readonly trouble: string | undefined;
  /** Why extremes could not be read, as a sentence. */
  readonly extremesFailure: string | undefined;
  /** All runs; the same object while a reading lasts. */
  readonly data: RunsData;
  /** Of {@link data}: what is made from it is made anew when this changes. */
  readonly revision: number;
  readonly progress: Progress;
  /** Whether a question for other runs is on its way; those before are still shown. */
  readonly isAsking: boolean;
  /** Why the filters were refused. */
  readonly refusal: FilterRefusal | undefined;
  /** The columns that are shown while nobody has chosen any. */
  readonly usual: readonly ColumnId[];
  /** Metrics whose extremes are being asked for, and for how many of how many runs they are known. */
  readonly extremes: ReadonlyMap<string, { readonly known: number; readonly wanted: number }>;
  readonly layout: TableLayout;
  readonly kept: Kept;
}

export type PageAction =
  | { readonly type: 'started'; readonly init: RunsInit; readonly editorState: unknown }
  | { readonly type: 'failed'; readonly sentence: string }
  | { readonly type: 'rows'; readonly event: Events['rows'] }
  | { readonly type: 'gone'; readonly event: Events['gone'] }
  | { readonly type: 'progress'; readonly event: Events['progress'] }
  | { readonly type: 'colors'; readonly colors: Events['colors'] }
  | { readonly type: 'facts'; readonly facts: Events['facts'] }
  | { readonly type: 'trouble'; readonly sentence: string | undefined }
  | { readonly type: 'extremesFailed'; readonly sentence: string | undefined }
  | { readonly type: 'asking' }
  | { readonly type: 'asked'; readonly reading: number }
  | { readonly type: 'refused'; readonly refusal: FilterRefusal }
  | { readonly type: 'tick'; readonly now: number }
  | { readonly type: 'live'; readonly live: boolean }
  | { readonly type: 'views'; readonly views: readonly NamedView[] }
  | { readonly type: 'applyView'; readonly name: string }
  | {
      readonly type: 'extremes';
      readonly metric: string;
      readonly progress: { readonly known: number; readonly wanted: number } | undefined;
    }
  /** What {@link PageState.data} holds was changed in place. */
  | { readonly type: 'grown' }
  | { readonly type: 'layout'; readonly change: Partial<TableLayout> }
  | { readonly type: 'kept'; readonly change: Partial<Kept> };

export type Dispatch = (action: PageAction) => void;

const noProgress: Progress = {
  found: 0,
  standing: 'reading',
  problem: undefined,
  readAt: undefined,
};

export const initialState: PageState = {
  phase: 'starting',
  failure: undefined,
  locale: 'en',
  now: 0,
  experiments: [],
  exactExtremes: false,
  filterNull: false,
  views: [],
  live: false,
  restore: undefined,
  trouble: undefined,
  extremesFailure: undefined,
  data: new RunsData(-1),
  revision: 0,
  progress: noProgress,
  isAsking: false,
  refusal: undefined,
  usual: [],
  extremes: new Map(),
  layout: defaultLayout,
  kept: defaultKept,
};

/** The state after an action; the same object when nothing changes. */
export function reduce(state: PageState, action: PageAction): PageState {
  switch (action.type) {
    case 'started':
      return started(state, action.init, action.editorState);
    case 'failed':
      return { ...state, phase: 'failed', failure: action.sentence };
    case 'rows':
      return withRows(state, action.event);
    case 'gone':
      if (action.event.reading !== state.data.reading) return state;
      state.data.remove(action.event.at);
      return grown(state);
    case 'progress':
      return progressed(state, action.event);
    case 'colors':
      state.data.recolor(action.colors);
      return grown(state);
    case 'facts':
      return withFacts(state, action.facts);
    case 'trouble':
      return { ...state, trouble: action.sentence };
    case 'extremesFailed':
      return { ...state, extremesFailure: action.sentence };
    case 'asking':
      return { ...state, isAsking: true };
    case 'asked':
      return { ...state, isAsking: false, refusal: undefined };
    case 'refused':
      return refused(state, action.refusal);
    case 'tick':
      return { ...state, now: action.now };
    case 'live':
      return { ...state, live: action.live };
    case 'views':
      return { ...state, views: action.views };
    case 'applyView':
      return applied(state, action.name);
    case 'extremes':
      return { ...state, extremes: changedEntry(state.extremes, action.metric, action.progress) };
    case 'grown':
      return grown(state);
    case 'layout':
      return { ...state, layout: changedLayout(state.layout, action.change) };
    case 'kept':
      return { ...state, kept: { ...state.kept, ...action.change } };
  }
}

/** The columns beside the name, in their order. */
export function shownColumns({ layout, usual }: PageState): readonly ColumnId[] {
  return layout.columns ?? usual;
}

/** What was read before stays; where nothing was, as in a page that begins with a refused filter, nothing comes. */
function refused(state: PageState, refusal: FilterRefusal): PageState {
  const isFirst = state.data.reading < 0;
  const progress: Progress = isFirst
    ? { ...noProgress, standing: 'failed', problem: refusal.sentence }
    : state.progress;
  return { ...state, isAsking: false, refusal, progress };
}

function started(state: PageState, init: RunsInit, editorState: unknown): PageState {
  const { view } = fieldsOf(editorState);
  const { layout, kept } = fieldsOf(view);
  return {
    ...state,
    phase: 'ready',
    failure: undefined,
    locale: init.locale,
    now: Date.now(),
    experiments: init.experiments,
    exactExtremes: init.exactExtremes,
    filterNull: init.filterNull,
    views: init.views,
    live: init.live,
    restore: init.restore,
    layout: latestLayout(layout, init.layout),
    kept: readKept(kept),
  };
}

function withFacts(state: PageState, facts: Events['facts']): PageState {
  state.data.nameExperiments(facts.experiments);
  return grown({ ...state, ...facts });
}

/** The data of a reading: that of before for what comes late, and none for what comes too late. */
function dataOf(state: PageState, reading: number): RunsData | undefined {
  if (reading < state.data.reading) return undefined;
  return reading === state.data.reading ? state.data : new RunsData(reading, state.experiments);
}

function withRows(state: PageState, event: Events['rows']): PageState {
  const data = dataOf(state, event.reading);
  if (data === undefined) return state;
  data.now = Date.now();
  data.add(event);
  const before =
    data === state.data ? state.usual : state.usual.filter((id) => data.column(id) !== undefined);
  return grown({ ...state, data, usual: usualColumns(data, state.experiments, before) });
}

function progressed(state: PageState, event: Events['progress']): PageState {
  const { reading, ...progress } = event;
  if (reading < state.data.reading) return state;
  // Rows of the reading before stay until there are others, or it is known that there are none.
  const isEmpty = reading > state.data.reading && event.standing !== 'reading';
  const data = isEmpty ? new RunsData(reading, state.experiments) : state.data;
  return { ...state, data, revision: isEmpty ? state.revision + 1 : state.revision, progress };
}

/** `revision` counts on over readings. */
function grown(state: PageState): PageState {
  return { ...state, revision: state.revision + 1 };
}

function applied(state: PageState, name: string): PageState {
  const view = state.views.find((each) => each.name === name);
  if (view === undefined) return state;
  const { filterHistory } = state.layout;
  const layout = changedLayout(state.layout, { ...readLayout(view.layout), filterHistory });
  return { ...state, layout };
}

function changedEntry<T>(
  map: ReadonlyMap<string, T>,
  key: string,
  value: T | undefined,
): ReadonlyMap<string, T> {
  const changed = new Map(map);
  if (value === undefined) changed.delete(key);
  else changed.set(key, value);
  return changed;
}
