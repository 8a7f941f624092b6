import type { MapInit } from '../../src/protocol/mapPage';
import { unwrappedShape } from './antimeridian';
import type { Feature, GeoData } from './geoJson';
import { boundsOf } from './mapView';
import type { Bounds } from './mapView';

/** A feature with what is known of its place. */
export interface PlacedFeature extends Feature {
  readonly bounds: Bounds | undefined;
}

/** A map that can be drawn. */
export interface MapData extends Omit<GeoData, 'features'> {
  readonly features: readonly PlacedFeature[];
  /** Of all; absent where nothing has a place. */
  readonly bounds: Bounds | undefined;
}

/** All that the page shows. */
export interface PageState {
  readonly init: MapInit | undefined;
  readonly data: MapData | undefined;
  /** Why there is no map, as a sentence. */
  readonly failure: string | undefined;
  /** Whether the file itself is the failure, so that its text helps. */
  readonly isMalformed: boolean;
  readonly selected: number | undefined;
  /** How often a feature was to be brought into sight. */
  readonly showing: number;
}

export type PageAction =
  | { readonly type: 'started'; readonly init: MapInit }
  | { readonly type: 'data'; readonly data: GeoData }
  | { readonly type: 'reading' }
  | { readonly type: 'failed' | 'malformed'; readonly sentence: string }
  | { readonly type: 'select'; readonly feature: number | undefined; readonly isShown: boolean };

export type Dispatch = (action: PageAction) => void;

export const initialState: PageState = {
  init: undefined,
  data: undefined,
  failure: undefined,
  isMalformed: false,
  selected: undefined,
  showing: 0,
};

export function reduce(state: PageState, action: PageAction): PageState {
  switch (action.type) {
    case 'started':
      return { ...state, init: action.init };
    case 'reading':
      return { ...state, failure: undefined };
    case 'data':
      return { ...state, data: placed(action.data), failure: undefined };
    case 'failed':
    case 'malformed':
      return { ...state, failure: action.sentence, isMalformed: action.type === 'malformed' };
    case 'select':
      return {
        ...state,
        selected: action.feature,
        showing: state.showing + Number(action.isShown),
      };
  }
}

function placed(data: GeoData): MapData {
  const features = data.features.map((feature): PlacedFeature => {
    const whole = { ...feature, shapes: feature.shapes.map(unwrappedShape) };
    return { ...whole, bounds: boundsOf([whole]) };
  });
  return { ...data, features, bounds: boundsOf(features) };
}
