import type { ComparedRun, KeyedText } from './comparePage';
import type { VersionAction } from './versionPage';

/** A version of the page. Texts come from servers as they are: they are shown as text, never as HTML. */
export interface ComparedVersion {
  /** Tells the version from the others of the page, over reloads too; opaque. */
  readonly key: string;
  /** Of the registered model. */
  readonly model: string;
  readonly version: string;
  /** What it is called on the page. */
  readonly name: string;
  /** By its stage, or the alias that stands for it. */
  readonly isInProduction: boolean;
  /** The address by which MLflow's client loads it; `undefined` where its name allows none. */
  readonly uri: string | undefined;
  /** `loading` until it was read; `gone` where the registry has it no more. */
  readonly standing: ComparedRun['standing'];
  /** Why it could not be read, as a sentence. */
  readonly problem: string | undefined;
  /** Stage, aliases, times and the like, labelled in the language of the editor. */
  readonly attributes: readonly KeyedText[];
  readonly tags: readonly KeyedText[];
  /** Its source run, under the key and the name of the version; `gone` where it has none. */
  readonly run: ComparedRun;
  readonly signature: ComparedSignature;
}

/** What the model of a version takes and gives. */
export interface ComparedSignature {
  readonly standing: 'loading' | 'ready' | 'failed';
  readonly problem: string | undefined;
  /** Types by what they are of, labelled in the language of the editor. */
  readonly fields: readonly KeyedText[];
}

export interface VersionsInit {
  readonly texts: Readonly<Record<string, string>> | undefined;
  /** A BCP 47 tag, for numbers and dates. */
  readonly locale: string;
  readonly restore: unknown;
  /** What the page last said with `layout`; of any shape. */
  readonly layout: unknown;
  readonly versions: readonly ComparedVersion[];
  readonly metricKeys: readonly string[];
}

/** Files of versions that VS Code compares. */
export type ComparedFile = 'MLmodel' | 'requirements.txt';

/** What the page that compares versions and the extension say to each other; the page asks. */
export interface VersionsPage {
  requests: {
    init: { params: undefined; result: VersionsInit };
    copy: { params: string; result: undefined };
    /** Opens the page of a version. */
    open: { params: string; result: undefined };
    /** Opens the page of the source run of a version. */
    openRun: { params: string; result: undefined };
    /** Does to a version what a command of the Models view does. */
    act: {
      params: { readonly action: VersionAction; readonly version: string };
      result: undefined;
    };
    /** Shows how a file of two versions differs, in an editor of VS Code. */
    diff: {
      params: { readonly file: ComparedFile; readonly left: string; readonly right: string };
      result: undefined;
    };
    /** Shows the source runs side by side, with their charts. */
    compareRuns: { params: undefined; result: undefined };
    /** Lets the person choose versions to compare beside those that are. */
    addVersions: { params: undefined; result: undefined };
    /** Reads these versions again. */
    retry: { params: { readonly versions: readonly string[] }; result: undefined };
  };
  notices: {
    /** Remembered for the server and the models; JSON. */
    layout: unknown;
    /** Versions that are compared no longer. */
    removeVersions: readonly string[];
    /** A failure of the page itself, for the log. */
    failure: string;
  };
  events: {
    /** New or changed versions; `metricKeys` only ever grows. `order` is every version there is now. */
    versions: {
      readonly versions: readonly ComparedVersion[];
      readonly order: readonly string[];
      readonly metricKeys: readonly string[];
      readonly restore: unknown;
    };
  };
}
