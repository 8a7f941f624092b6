import type { ComparedPicture, PicturesInit } from '../../src/protocol/picturesPage';
import { wholePicture } from '../gallery/zoomView';
import type { Size, ZoomView } from '../gallery/zoomView';
import { fieldsOf, numberOf } from '../kit/fields';

/** Ways to look at pictures: beside each other, or two of them over each other. */
export const modes = ['side', 'slider', 'onion', 'difference'] as const;

export type Mode = (typeof modes)[number];

/** What a person set up in this very tab. */
export interface Kept {
  readonly mode: Mode;
  /** Places of the two that lie over each other. */
  readonly first: number;
  readonly second: number;
  /** Where the slider stands, or how much of the second is seen, from 0 to 1. */
  readonly share: number;
  /** So many times as strong are differences drawn. */
  readonly strength: number;
}

/** All that the page shows. */
export interface PageState {
  readonly phase: 'starting' | 'ready' | 'failed';
  /** Why the page could not start, as a sentence. */
  readonly failure: string | undefined;
  readonly pictures: readonly ComparedPicture[];
  readonly restore: unknown;
  readonly kept: Kept;
  readonly view: ZoomView;
  /** Sizes of pictures that were decoded, by their keys. */
  readonly sizes: ReadonlyMap<string, Size>;
  /** How often something became known of a picture. */
  readonly readings: number;
}

export type PageAction =
  | { readonly type: 'started'; readonly init: PicturesInit; readonly editorState: unknown }
  | { readonly type: 'failed'; readonly sentence: string }
  | { readonly type: 'pictureRead' }
  | { readonly type: 'size'; readonly key: string; readonly size: Size }
  | { readonly type: 'view'; readonly view: ZoomView }
  | { readonly type: 'kept'; readonly change: Partial<Kept> };

export type Dispatch = (action: PageAction) => void;

export const defaultKept: Kept = { mode: 'side', first: 0, second: 1, share: 0.5, strength: 1 };

export const initialState: PageState = {
  phase: 'starting',
  failure: undefined,
  pictures: [],
  restore: undefined,
  kept: defaultKept,
  view: wholePicture,
  sizes: new Map(),
  readings: 0,
};

export function reduce(state: PageState, action: PageAction): PageState {
  switch (action.type) {
    case 'started': {
      const { pictures, restore } = action.init;
      const kept = readKept(fieldsOf(action.editorState)['view'], pictures.length);
      return { ...state, phase: 'ready', pictures, restore, kept };
    }
    case 'failed':
      return { ...state, phase: 'failed', failure: action.sentence };
    case 'pictureRead':
      return { ...state, readings: state.readings + 1 };
    case 'size': {
      const { width, height } = state.sizes.get(action.key) ?? {};
      const isSame = width === action.size.width && height === action.size.height;
      return isSame
        ? state
        : { ...state, sizes: new Map([...state.sizes, [action.key, action.size]]) };
    }
    case 'view':
      return { ...state, view: action.view };
    case 'kept':
      return { ...state, kept: { ...state.kept, ...action.change } };
  }
}

/** Reads what {@link writeKept} wrote; what is wrong is as usual. */
export function readKept(value: unknown, pictures: number): Kept {
  const fields = fieldsOf(value);
  const last = Math.max(0, pictures - 1);
  const place = (name: 'first' | 'second'): number =>
    Math.trunc(numberOf(fields[name], 0, last, Math.min(last, defaultKept[name])));
  return {
    mode: modes.find((mode) => mode === fields['mode']) ?? defaultKept.mode,
    first: place('first'),
    second: place('second'),
    share: numberOf(fields['share'], 0, 1, defaultKept.share),
    strength: numberOf(fields['strength'], 1, 64, defaultKept.strength),
  };
}

export function writeKept(kept: Kept): unknown {
  return kept;
}
