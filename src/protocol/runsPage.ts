import type { PageFailure, SaveOutcome } from './comparePage';

/** A row of the table: a run. Texts come from servers as they are: they are shown as text, never as HTML. */
export interface RunRow {
  /** The row's place among all that were ever told of in this reading, from 0; columns go by it, and it never changes. */
  readonly at: number;
  /** Tells the run from all others, over reloads too; opaque. */
  readonly key: string;
  readonly runId: string;
  readonly name: string;
  /** Of {@link TableExperiment.key}. */
  readonly experiment: string;
  readonly status: 'RUNNING' | 'SCHEDULED' | 'FINISHED' | 'FAILED' | 'KILLED';
  readonly deleted: boolean;
  /** Milliseconds since 1970. */
  readonly startTime: number | undefined;
  readonly endTime: number | undefined;
  readonly user: string;
  /** Run id of the run that it is nested in. */
  readonly parent: string | undefined;
  /** Which of the contributed run colors it has, from 0. */
  readonly color: number;
  /** `mlflow.source.name`, the commit and the like, as far as they are known. */
  readonly source: string;
  readonly commit: string;
  /** Names with digests, `, ` between them. */
  readonly datasets: string;
  readonly artifactUri: string;
  /** The query does not find it: it stands here for the runs below it that the query finds. */
  readonly outside?: true | undefined;
}

/** What some rows have in one column: the n-th value belongs to the row at the n-th place. */
export type ColumnPart =
  | {
      readonly kind: 'metric';
      readonly key: string;
      readonly at: Uint32Array;
      readonly values: Float64Array;
    }
  | {
      readonly kind: 'param' | 'tag';
      readonly key: string;
      readonly at: Uint32Array;
      readonly texts: readonly string[];
    };

export interface TableExperiment {
  readonly key: string;
  readonly experimentId: string;
  readonly name: string;
  /** What it is connected through, for display. */
  readonly connection: string;
  /** By `mlflow.experiment.primaryMetric.*`. */
  readonly primaryMetric: { readonly key: string; readonly greaterIsBetter: boolean } | undefined;
}

/** What is to be read. */
export interface RunsQuery {
  /** In MLflow's language; runs that any of them finds, each once. Empty text finds all. */
  readonly filters: readonly string[];
  readonly view: 'active' | 'deleted' | 'all';
  /** Only runs that began since then, in milliseconds since 1970. */
  readonly startedSince?: number | undefined;
}

export interface NamedView {
  readonly name: string;
  readonly layout: unknown;
}

/** What the page starts with. */
export interface RunsInit {
  /** Texts in the editor's language, by the English ones; absent for English. */
  readonly texts: Readonly<Record<string, string>> | undefined;
  /** A BCP 47 tag, for numbers and dates. */
  readonly locale: string;
  /** An object: the page hands it to `setState`, with a member `view` of its own, and VS Code restores the panel from that. */
  readonly restore: unknown;
  /** What the page last said with `layout` for these experiments; of any shape. */
  readonly layout: unknown;
  /** Layouts that were saved by name for these experiments. */
  readonly views: readonly NamedView[];
  readonly experiments: readonly TableExperiment[];
  /** Whether extremes of metrics are of all points; else a server samples them. */
  readonly exactExtremes: boolean;
  /** Whether filters may say `IS NULL`. */
  readonly filterNull: boolean;
  /** Whether what is still running is followed. */
  readonly live: boolean;
}

/** A filter that is refused: {@link start} and {@link end} (exclusive) in UTF-16 units of the filter, where that is known. */
export interface FilterRefusal extends PageFailure {
  readonly filter?: number | undefined;
  readonly start?: number | undefined;
  readonly end?: number | undefined;
}

/** What the page and the extension say to each other; the page asks. */
export interface RunsPage {
  requests: {
    init: { params: undefined; result: RunsInit };
    /**
     * Begins to read anew, in the place of what was being read before; the rows come as `rows`, of this
     * `reading`. Rejects with a {@link FilterRefusal}; then what was shown before stays and is followed on. A failure that is no
     * filter's rejects without `filter` where something is shown, else it is told as `progress`.
     *
     * The first of a page that comes back into sight is answered from what is still known, if that is of the same query
     * and fresh; any later one asks the server.
     */
    read: { params: RunsQuery; result: { readonly reading: number } };
    /** What is wrong with a filter that is being typed; `undefined` where nothing is known to be. Asks no server. */
    checkFilter: { params: string; result: FilterRefusal | undefined };
    /** Least and greatest values of a metric of these rows, in the order of `at`; NaN where there is none. */
    extremes: {
      params: { readonly reading: number; readonly metric: string; readonly at: Uint32Array };
      result: {
        readonly min: Float64Array;
        readonly max: Float64Array;
        /** One for each row whose extremes are of all its points. */
        readonly exact: Uint8Array;
      };
    };
    /** Asks where to and writes all runs that the query finds as CSV, as `mlflow.search_runs` has them. */
    exportRuns: { params: RunsQuery; result: SaveOutcome };
    /** Asks where to and writes the file; `suggested` is a name with its extension. */
    save: { params: { suggested: string; content: string | Uint8Array }; result: SaveOutcome };
    copy: { params: string; result: undefined };
    /** The views there are afterwards. `layout` undefined removes the view. */
    saveView: { params: { name: string; layout: unknown }; result: readonly NamedView[] };
    /** Asks for a name, shows what is wrong with it; `undefined` where it was given up. */
    askViewName: { params: undefined; result: string | undefined };
    /** Runs commands of the extension on runs; each asks and tells by itself what it has to. */
    act: {
      params: {
        readonly action: 'compare' | 'open' | 'reveal' | 'tag' | 'rename' | 'delete' | 'restore';
        readonly runs: readonly string[];
      };
      result: undefined;
    };
  };
  notices: {
    /** Stops reading on; what has come stays. */
    stop: undefined;
    /** Remembered for the server and these experiments; JSON. */
    layout: unknown;
    live: boolean;
    /** A failure of the page itself, for the log. */
    failure: string;
  };
  events: {
    /** New rows, and rows that changed, with all their values: what was known of them before counts no more. */
    rows: {
      readonly reading: number;
      readonly rows: readonly RunRow[];
      readonly columns: readonly ColumnPart[];
    };
    /** Keys of runs that are no longer found. */
    gone: { readonly reading: number; readonly at: Uint32Array };
    progress: {
      readonly reading: number;
      /** Runs that were found so far. */
      readonly found: number;
      readonly standing: 'reading' | 'complete' | 'stopped' | 'failed';
      /** Why it failed, as a sentence. */
      readonly problem: string | undefined;
      readonly readAt: number | undefined;
    };
    /** Other colors of runs: keys with the colors. A list, since pages are told in JSON. */
    colors: readonly (readonly [key: string, color: number])[];
    /** What was said with `init` is known better now, such as the experiments' names. */
    facts: Pick<RunsInit, 'experiments' | 'exactExtremes' | 'filterNull' | 'restore'>;
    /** Something that concerns the whole page, as a sentence; `undefined` when it is over. */
    trouble: string | undefined;
  };
}
