import type {
  ComparedRun,
  ComparePage,
  SaveOutcome,
  SeriesData,
} from '../../src/protocol/comparePage';
import { fieldsOf } from '../kit/fields';
import type { ChartsLayout } from './chartsLayout';

/** A stretch of the x axis; `min` is below `max`. */
export interface ZoomRange {
  readonly min: number;
  readonly max: number;
}

/** What a person looks at in this very tab. */
export interface ChartsKept {
  readonly hidden: ReadonlySet<string>;
  readonly chartSearch: string;
  /** What all charts show of the x axis where their zoom is linked; everything where absent. */
  readonly zoom: ZoomRange | undefined;
}

/** What charts need of the state of the page that they are on. */
export interface ChartsState {
  readonly phase: 'starting' | 'ready' | 'failed';
  readonly runs: readonly ComparedRun[];
  readonly metricKeys: readonly string[];
  readonly sampledPoints: number;
  /** The run that the pointer or the focus is on, everywhere. */
  readonly highlighted: string | undefined;
  readonly layout: ChartsLayout;
  readonly kept: ChartsKept;
}

/** What charts do to that state; the page's own actions are these and others. */
export type ChartsAction =
  | { readonly type: 'highlight'; readonly run: string | undefined }
  | { readonly type: 'fold'; readonly section: string; readonly folded: boolean }
  | { readonly type: 'layout'; readonly change: Partial<ChartsLayout> }
  | { readonly type: 'kept'; readonly change: Partial<ChartsKept> };

export type ChartsDispatch = (action: ChartsAction) => void;

/** What charts ask the extension for; each as the request of the compare page of that name. */
export interface ChartsLink {
  series(
    params: ComparePage['requests']['series']['params'],
    signal: AbortSignal,
  ): Promise<SeriesData>;
  save(suggested: string, content: string | Uint8Array): Promise<SaveOutcome>;
  exportHistories(runs: readonly string[], metrics: readonly string[]): Promise<SaveOutcome>;
  copy(text: string): Promise<unknown>;
}

/** A zoom as it was kept; `undefined` for whatever is none. */
export function zoomOf(value: unknown): ZoomRange | undefined {
  const { min, max } = fieldsOf(value);
  const isRange = typeof min === 'number' && typeof max === 'number' && min < max;
  return isRange ? { min, max } : undefined;
}
