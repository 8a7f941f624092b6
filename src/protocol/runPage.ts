import type { ComparedRun, SaveOutcome, SeriesData } from './comparePage';

/** A thing that a run points at, and that can be opened. */
export interface RunLink {
  /** Handed back with `open`; opaque. */
  readonly key: string;
  readonly text: string;
  /** Said on hover. */
  readonly hint?: string | undefined;
}

/** A dataset that the run used; `profile` and `schema` are JSON texts, as the client wrote them. */
export interface RunDataset {
  readonly name: string;
  readonly digest: string;
  readonly sourceType: string;
  readonly source: string;
  readonly schema: string | undefined;
  readonly profile: string | undefined;
  /** `train`, `eval`, …, by the tag `mlflow.data.context`. */
  readonly context: string;
}

export interface RunArtifact {
  /** Relative to the run, with `/`; in a model that it logged it begins with `/` and the model's id. */
  readonly path: string;
  /** Without the folder that it is in. */
  readonly name: string;
  readonly isDirectory: boolean;
  /** A model that the run logged, which is a folder of its own. */
  readonly isModel: boolean;
  /** Bytes. */
  readonly size: number | undefined;
}

/** What is to be done with an artifact, by the command of this name. */
export interface RunArtifactAction extends Pick<RunArtifact, 'path' | 'isDirectory' | 'size'> {
  readonly does: 'open' | 'find' | 'download' | 'register' | 'copyPath' | 'copyUri';
}

/** What a part of the page that is read by itself is: an answer, not yet, or why not. */
export type Part<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly value: T }
  | { readonly kind: 'failed'; readonly sentence: string };

/** What is known of a run beside what compared runs have. */
export interface RunDetails {
  readonly user: string;
  readonly artifactUri: string;
  /** Markdown, as written; shown as rendered by the page, which takes no HTML and loads nothing. */
  readonly note: string;
  readonly endTime: number | undefined;
  readonly source: {
    /** The file or notebook; `link` where it can be opened. */
    readonly name: string;
    readonly link: RunLink | undefined;
    readonly commit: string;
    /** Whether the commit is in a repository of this window. */
    readonly hasCommit: boolean;
    readonly branch: string;
    /** Where the commit comes from; `link` where that is a web address. */
    readonly repository: { readonly name: string; readonly link: RunLink | undefined };
  };
  readonly datasets: readonly RunDataset[];
  readonly parent: RunLink | undefined;
  readonly children: Part<readonly RunLink[]>;
  /** Logged models and versions of registered models. */
  readonly models: Part<readonly RunLink[]>;
  /** Python that loads what the run logged, by its model; empty where it has none. */
  readonly snippet: string;
  /** Whether there are more children than those listed. */
  readonly hasMoreChildren: boolean;
}

export interface RunInit {
  readonly texts: Readonly<Record<string, string>> | undefined;
  /** A BCP 47 tag, for numbers and dates. */
  readonly locale: string;
  readonly restore: unknown;
  readonly layout: unknown;
  readonly run: ComparedRun;
  readonly details: RunDetails | undefined;
  readonly metricKeys: readonly string[];
  readonly sampledPoints: number;
  readonly live: boolean;
  readonly readAt: number | undefined;
  /** Whether runs can be changed here; else why not, as a sentence. */
  readonly readOnly: string | undefined;
}

/** What the page of one run and the extension say to each other; the page asks. */
export interface RunPage {
  requests: {
    init: { params: undefined; result: RunInit };
    /** As on the compare page. */
    series: {
      params: { run: string; metric: string; whole: boolean; fromStep?: number | undefined };
      result: SeriesData;
    };
    /** Least and greatest values of metrics, in their order; NaN where there is none. */
    extremes: {
      params: { readonly metrics: readonly string[] };
      result: {
        readonly min: Float64Array;
        readonly max: Float64Array;
        readonly exact: Uint8Array;
      };
    };
    exportHistories: { params: { metrics: readonly string[] }; result: SaveOutcome };
    save: { params: { suggested: string; content: string | Uint8Array }; result: SaveOutcome };
    copy: { params: string; result: undefined };
    /** One folder of the run's artifacts; empty for the root. */
    artifacts: { params: string; result: readonly RunArtifact[] };
    /** Opens what a {@link RunLink} points at. */
    open: { params: string; result: undefined };
    /** Opens an artifact, or does something else with it; what fails is told by the extension. */
    artifact: { params: RunArtifactAction; result: undefined };
    retry: { params: undefined; result: undefined };
    /** Sets a tag; `undefined` removes it. */
    setTag: { params: { key: string; value: string | undefined }; result: undefined };
    /** Opens the description in an editor of VS Code, which saves it. */
    editNote: { params: undefined; result: undefined };
    rename: { params: undefined; result: undefined };
    restoreRun: { params: undefined; result: undefined };
    /** Registers a model that the run logged, or promotes a version that was made of it; both ask what is not clear. */
    model: { params: 'register' | 'promote'; result: undefined };
    /** Opens an address of the description in a browser; any but http(s) and mailto is refused. */
    openAddress: { params: string; result: undefined };
    /** Shows what changed between the commit that the run was made from and the files here, or checks it out beside. */
    commit: { params: 'diff' | 'worktree' | 'copy'; result: undefined };
  };
  notices: {
    layout: unknown;
    live: boolean;
    reveal: undefined;
    compare: undefined;
    /** Shows the images that the run logged in a page of their own. */
    showImages: undefined;
    failure: string;
  };
  events: {
    run: {
      readonly run: ComparedRun;
      readonly details: RunDetails | undefined;
      readonly metricKeys: readonly string[];
      readonly readAt: number | undefined;
      readonly readOnly: string | undefined;
    };
    trouble: string | undefined;
  };
}
