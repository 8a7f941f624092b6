import type { PictureRequests } from './pictureRequests';

/** A run of the page. Texts come from servers as they are: they are shown as text, never as HTML. */
export interface ComparedRun {
  /** Tells the run from the others of the page, over reloads too; opaque. */
  readonly key: string;
  readonly runId: string;
  readonly name: string;
  readonly experimentName: string;
  /** What it is connected through, for display; the same for all where there is one connection. */
  readonly connection: string;
  /** `loading` until its facts were read; `gone` where the server has none of this id any more. */
  readonly standing: 'loading' | 'ready' | 'gone' | 'failed';
  /** Why it could not be read, as a sentence; the facts beside it are from before. */
  readonly problem?: string | undefined;
  readonly status: 'RUNNING' | 'SCHEDULED' | 'FINISHED' | 'FAILED' | 'KILLED';
  readonly deleted: boolean;
  /** Milliseconds since 1970. */
  readonly startTime: number | undefined;
  /** Which of the contributed run colors it has, from 0. */
  readonly color: number;
  readonly params: readonly KeyedText[];
  readonly tags: readonly KeyedText[];
  /** User, status, times, source and the like, labelled in the language of the editor. */
  readonly attributes: readonly KeyedText[];
  readonly metrics: LatestMetrics;
}

/** A key with a text; `full` is said on hover where it differs. */
export interface KeyedText {
  readonly key: string;
  readonly text: string;
  readonly full?: string | undefined;
}

/** The latest point of each metric of a run, as columns: JSON has neither NaN nor infinities. */
export interface LatestMetrics {
  /** Places in the list of metric keys that all runs of the page share. */
  readonly keys: Uint32Array;
  readonly values: Float64Array;
  readonly steps: Float64Array;
  /** Milliseconds since 1970. */
  readonly timestamps: Float64Array;
}

/** A series as it is held, in the order of step, then timestamp. */
export interface SeriesData {
  readonly steps: Float64Array;
  /** The steps again, exact, when one of them lies beyond ±2^53. */
  readonly exactSteps: BigInt64Array | undefined;
  /** Milliseconds since 1970. */
  readonly timestamps: Float64Array;
  readonly values: Float64Array;
  /** False when the server sampled it: at most {@link CompareInit.sampledPoints} points. */
  readonly complete: boolean;
}

/** What the page starts with. */
export interface CompareInit {
  /** Texts in the editor's language, by the English ones; absent for English. */
  readonly texts: Readonly<Record<string, string>> | undefined;
  /** A BCP 47 tag, for numbers and dates. */
  readonly locale: string;
  /** An object: the page hands it to `setState`, with a member `view` of its own, and VS Code restores the panel from that. */
  readonly restore: unknown;
  /** What the page last said with `layout` for these experiments; of any shape. */
  readonly layout: unknown;
  readonly runs: readonly ComparedRun[];
  readonly metricKeys: readonly string[];
  /** How many points of a run a server that samples gives at most. */
  readonly sampledPoints: number;
  /** Seconds after which pictures of runs in progress are looked for again; 0 is never. */
  readonly refreshInterval: number;
  /** Whether what is still running is followed. */
  readonly live: boolean;
  /** When the facts were read, in milliseconds since 1970; absent before they were. */
  readonly readAt: number | undefined;
}

/** What the page and the extension say to each other; the page asks. */
export interface ComparePage {
  requests: PictureRequests & {
    init: { params: undefined; result: CompareInit };
    /** One metric of one run: from a server as many points as are cheap, or, if `whole`, all of them. */
    series: {
      params: {
        run: string;
        metric: string;
        whole: boolean;
        /** Only points from this step on are wanted; more may come. */
        fromStep?: number | undefined;
      };
      result: SeriesData;
    };
    /** Asks where to and writes the whole histories as CSV; resolves once written or given up. */
    exportHistories: {
      params: { runs: readonly string[]; metrics: readonly string[] };
      result: SaveOutcome;
    };
    /** Asks where to and writes the file; `suggested` is a name with its extension. */
    save: { params: { suggested: string; content: string | Uint8Array }; result: SaveOutcome };
    copy: { params: string; result: undefined };
    /** Lets the person choose runs to compare beside those that are. */
    addRuns: { params: undefined; result: undefined };
    /** Reads the facts of these runs again. */
    retry: { params: { runs: readonly string[] }; result: undefined };
  };
  notices: {
    /** Remembered for the server and experiments of these runs; JSON. */
    layout: unknown;
    live: boolean;
    /** Runs that are compared no longer. */
    removeRuns: readonly string[];
    /** Shows the run in the Experiments view. */
    reveal: string;
    /** A failure of the page itself, for the log. */
    failure: string;
  };
  events: {
    /** Facts of new or changed runs; `metricKeys` only ever grows. `order` is every run there is now. */
    runs: {
      readonly runs: readonly ComparedRun[];
      readonly order: readonly string[];
      readonly metricKeys: readonly string[];
      readonly restore: unknown;
      readonly readAt: number | undefined;
    };
    /** Something that concerns the whole page, as a sentence; `undefined` when it is over. */
    trouble: string | undefined;
  };
}

export type SaveOutcome = 'saved' | 'cancelled';

/** A failure as it crosses to the page: one sentence in the editor's language. */
export interface PageFailure {
  readonly sentence: string;
}
