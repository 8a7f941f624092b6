import type { ComparedVersion, VersionsInit, VersionsPage } from '../../src/protocol/versionsPage';
import { changedLayout } from '../kit/latestLayout';
import { failedPage, keeping, unstarted, writtenView } from '../kit/pageFrame';
import type { FrameAction, PageFrame } from '../kit/pageFrame';
import { defaultKept, readKept } from './kept';
import type { Kept } from './kept';
import { defaultLayout, latestLayout } from './layout';
import type { Layout } from './layout';

/** All that the page shows; a new object for every change, of which unchanged parts stay the same. */
export interface PageState extends PageFrame<Layout, Kept> {
  /** In the order of their columns. */
  readonly versions: readonly ComparedVersion[];
  readonly metricKeys: readonly string[];
  /** Key of the version that the pointer or the focus is on, everywhere. */
  readonly highlighted: string | undefined;
}

export type PageAction =
  | FrameAction<VersionsInit, Kept>
  | { readonly type: 'versions'; readonly event: VersionsPage['events']['versions'] }
  | { readonly type: 'retrying'; readonly versions: readonly string[] }
  | { readonly type: 'removed'; readonly versions: readonly string[] }
  | { readonly type: 'highlight'; readonly version: string | undefined }
  | { readonly type: 'layout'; readonly change: Partial<Layout> };

export type Dispatch = (action: PageAction) => void;

export const initialState: PageState = {
  ...unstarted(defaultLayout, defaultKept),
  ...{ versions: [], metricKeys: [], highlighted: undefined },
};

/** The version that differences are measured from: where nobody chose one, what the others might replace. */
export function baselineOf({ versions, kept }: PageState): ComparedVersion | undefined {
  return (
    versions.find(({ key }) => key === kept.baseline) ??
    versions.find(({ isInProduction }) => isInProduction) ??
    versions[0]
  );
}

/** The state after an action; the same object when nothing changes. */
export function reduce(state: PageState, action: PageAction): PageState {
  switch (action.type) {
    case 'started':
      return started(state, action.init, action.editorState);
    case 'failed':
      return failedPage(state, action.sentence);
    case 'versions': {
      const { versions, order, metricKeys, restore } = action.event;
      const known = new Map(state.versions.map((version) => [version.key, version]));
      versions.forEach((version) => known.set(version.key, version));
      return {
        ...state,
        versions: order.flatMap((key) => known.get(key) ?? []),
        ...{ metricKeys, restore },
      };
    }
    case 'retrying': {
      const keys = new Set(action.versions);
      const versions = state.versions.map((version) =>
        keys.has(version.key)
          ? { ...version, standing: 'loading' as const, problem: undefined }
          : version,
      );
      return { ...state, versions };
    }
    case 'removed': {
      const keys = new Set(action.versions);
      return { ...state, versions: state.versions.filter(({ key }) => !keys.has(key)) };
    }
    case 'highlight':
      return state.highlighted === action.version
        ? state
        : { ...state, highlighted: action.version };
    case 'layout':
      return { ...state, layout: changedLayout(state.layout, action.change) };
    case 'kept':
      return keeping(state, action.change);
  }
}

function started(state: PageState, init: VersionsInit, editorState: unknown): PageState {
  const { layout, kept } = writtenView(editorState);
  const { versions, metricKeys, restore } = init;
  return {
    ...state,
    phase: 'ready',
    failure: undefined,
    ...{ versions, metricKeys, restore },
    layout: latestLayout(layout, init.layout),
    kept: readKept(kept),
  };
}
