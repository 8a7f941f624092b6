import type { ModelSummary, ModelSummaryInit } from '../../src/protocol/modelSummaryPage';

/** The input example, or why it is not shown, as a sentence. */
export type Example = { readonly text: string } | { readonly problem: string };

/** All that the page shows. */
export interface PageState {
  readonly init: ModelSummaryInit | undefined;
  readonly summary: ModelSummary | undefined;
  readonly example: Example | undefined;
  /** Why there is no summary, as a sentence. */
  readonly failure: string | undefined;
}

export type PageAction =
  | { readonly type: 'started'; readonly init: ModelSummaryInit }
  | { readonly type: 'reading' }
  | { readonly type: 'summary'; readonly summary: ModelSummary }
  | { readonly type: 'example'; readonly example: Example }
  | { readonly type: 'failed'; readonly sentence: string };

export const initialState: PageState = {
  init: undefined,
  summary: undefined,
  example: undefined,
  failure: undefined,
};

export function reduce(state: PageState, action: PageAction): PageState {
  switch (action.type) {
    case 'started':
      return { ...state, init: action.init };
    case 'reading':
      return { ...state, failure: undefined };
    case 'summary':
      return { ...state, summary: action.summary };
    case 'example':
      return { ...state, example: action.example };
    case 'failed':
      return { ...state, failure: action.sentence };
  }
}
