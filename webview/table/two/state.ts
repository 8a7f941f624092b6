import type { TableProgress } from '../../../src/protocol/tablePage';
import type { ComparedFacts, ComparedFile, TablesInit } from '../../../src/protocol/tablesPage';
import { fieldsOf } from '../../kit/fields';
import { reached } from '../grid/selection';
import type { CellPlace, Selection } from '../grid/selection';
import { defaultKept, readKept } from './kept';
import type { Kept } from './kept';

/** All that the page shows; a new object for every change, of which unchanged parts stay the same. */
export interface PageState {
  readonly phase: 'starting' | 'ready' | 'failed';
  /** Why the page could not start, as a sentence. */
  readonly failure: string | undefined;
  readonly locale: string;
  readonly files: readonly ComparedFile[];
  /** Absent until both tables were read and compared. */
  readonly facts: ComparedFacts | undefined;
  readonly isComparing: boolean;
  /** Why they could not be compared, as a sentence. */
  readonly problem: string | undefined;
  /** Of cells that have come. */
  readonly revision: number;
  readonly selection: Selection | undefined;
  /** In pixels, by the place of the column. */
  readonly widths: ReadonlyMap<number, number>;
  readonly restore: unknown;
  readonly layout: unknown;
  readonly kept: Kept;
}

export type PageAction =
  | { readonly type: 'started'; readonly init: TablesInit; readonly editorState: unknown }
  | { readonly type: 'failed'; readonly sentence: string }
  | { readonly type: 'progress'; readonly progress: readonly TableProgress[] }
  | { readonly type: 'comparing' }
  | { readonly type: 'compared'; readonly facts: ComparedFacts }
  | { readonly type: 'refused'; readonly sentence: string }
  | { readonly type: 'cells' }
  | { readonly type: 'reach'; readonly place: CellPlace; readonly isExtending: boolean }
  | { readonly type: 'deselect' }
  | { readonly type: 'width'; readonly column: number; readonly width: number }
  | { readonly type: 'kept'; readonly change: Partial<Kept> };

export const initialState: PageState = {
  ...{ phase: 'starting', failure: undefined, locale: 'en', files: [], facts: undefined },
  ...{ isComparing: false, problem: undefined, revision: 0, selection: undefined },
  ...{ widths: new Map(), restore: undefined, layout: undefined, kept: defaultKept },
};

export function reduce(state: PageState, action: PageAction): PageState {
  switch (action.type) {
    case 'started': {
      const { init, editorState } = action;
      const { view } = fieldsOf(editorState);
      return {
        ...state,
        phase: 'ready',
        locale: init.locale,
        files: init.files,
        restore: init.restore,
        kept: readKept(fieldsOf(view)['kept']),
      };
    }
    case 'failed':
      return { ...state, phase: 'failed', failure: action.sentence };
    case 'progress':
      return { ...state, files: withProgress(state.files, action.progress) };
    case 'comparing':
      return { ...state, isComparing: true, problem: undefined };
    case 'compared':
      return { ...state, isComparing: false, facts: action.facts, selection: undefined };
    case 'refused':
      return { ...state, isComparing: false, problem: action.sentence };
    case 'cells':
      return { ...state, revision: state.revision + 1 };
    case 'reach': {
      const { place, isExtending } = action;
      return { ...state, selection: reached(state.selection, place, isExtending) };
    }
    case 'deselect':
      return { ...state, selection: undefined };
    case 'width':
      return { ...state, widths: new Map(state.widths).set(action.column, action.width) };
    case 'kept':
      return { ...state, kept: { ...state.kept, ...action.change }, selection: undefined };
  }
}

function withProgress(
  files: readonly ComparedFile[],
  progress: readonly TableProgress[],
): readonly ComparedFile[] {
  return files.map((file, at) => ({ ...file, progress: progress[at] ?? file.progress }));
}

/** The columns that are shown, by their places: without those in which nothing differs, where only differences are wanted. */
export function shownColumns({ facts, kept }: PageState): readonly number[] {
  const all = (facts?.columns ?? []).map((_, place) => place);
  if (!kept.onlyDifferences) return all;
  const columns = facts?.columns ?? [];
  return all.filter((place) => {
    const column = columns[place];
    return column?.in !== 'both' || column.differing > 0 || column.name === kept.key;
  });
}

/** So many rows are shown. */
export function shownRows({ facts, kept }: PageState): number {
  if (facts === undefined) return 0;
  const { rows, differing, onlyFirst, onlySecond } = facts.counts;
  return kept.onlyDifferences ? differing + onlyFirst + onlySecond : rows;
}
