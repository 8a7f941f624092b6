import type { ImagesInit, ImagesRun } from '../../src/protocol/imagesPage';
import { defaultGallery, readGallery } from '../gallery/galleryLayout';
import type { GalleryLayout } from '../gallery/galleryLayout';
import { fieldsOf } from '../kit/fields';

/** All that the page shows. */
export interface PageState {
  readonly phase: 'starting' | 'ready' | 'failed';
  /** Why the page could not start, as a sentence. */
  readonly failure: string | undefined;
  readonly runs: readonly ImagesRun[];
  readonly refreshInterval: number;
  /** What concerns the whole page, as a sentence. */
  readonly trouble: string | undefined;
  readonly restore: unknown;
  readonly gallery: GalleryLayout;
  /** Another number once the images are to be looked for again. */
  readonly reading: number;
}

export type PageAction =
  | { readonly type: 'started'; readonly init: ImagesInit; readonly editorState: unknown }
  | { readonly type: 'failed'; readonly sentence: string }
  | { readonly type: 'runs'; readonly runs: readonly ImagesRun[] }
  | { readonly type: 'trouble'; readonly sentence: string | undefined }
  | { readonly type: 'gallery'; readonly gallery: GalleryLayout }
  | { readonly type: 'readAgain' };

export type Dispatch = (action: PageAction) => void;

export const initialState: PageState = {
  phase: 'starting',
  failure: undefined,
  runs: [],
  refreshInterval: 0,
  trouble: undefined,
  restore: undefined,
  gallery: defaultGallery,
  reading: 0,
};

export function reduce(state: PageState, action: PageAction): PageState {
  switch (action.type) {
    case 'started':
      return started(state, action.init, action.editorState);
    case 'failed':
      return { ...state, phase: 'failed', failure: action.sentence };
    case 'runs':
      return { ...state, runs: action.runs };
    case 'trouble': {
      const isOver = state.trouble !== undefined && action.sentence === undefined;
      return { ...state, trouble: action.sentence, reading: state.reading + Number(isOver) };
    }
    case 'gallery':
      return { ...state, gallery: action.gallery };
    case 'readAgain':
      return { ...state, reading: state.reading + 1 };
  }
}

function started(state: PageState, init: ImagesInit, editorState: unknown): PageState {
  const { runs, refreshInterval, restore } = init;
  const gallery = readGallery(fieldsOf(editorState)['gallery']);
  return { ...state, phase: 'ready', runs, refreshInterval, restore, gallery };
}
