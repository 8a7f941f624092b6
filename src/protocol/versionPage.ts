import type { KeyedText } from './comparePage';
import type { LoadCode, ModelSummary } from './modelSummaryPage';
import type { Part, RunLink } from './runPage';

/** What the registry says of a version. Texts come from servers as they are: they are shown as text, never as HTML. */
export interface VersionFacts {
  /** `failed`: it could not be registered. */
  readonly status: 'ready' | 'pending' | 'failed';
  /** In the language of the editor, with the registry's own reason. */
  readonly statusText: string;
  /** `None`, `Staging`, `Production` or `Archived`; empty where the registry has no stages. */
  readonly stage: string;
  readonly aliases: readonly string[];
  /** Markdown, as written. */
  readonly description: string;
  readonly user: string;
  /** Where the files of the model are registered from. */
  readonly source: string;
  /** Milliseconds since 1970. */
  readonly creationTime: number | undefined;
  readonly lastUpdatedTime: number | undefined;
  readonly tags: readonly KeyedText[];
}

/** The run that a version was made from. */
export interface VersionRun {
  readonly link: RunLink;
  readonly runId: string;
  readonly experimentName: string;
  /** Milliseconds since 1970. */
  readonly startTime: number | undefined;
  readonly isDeleted: boolean;
}

/** A version of a registered model, as far as it is known. */
export interface VersionView {
  readonly name: string;
  readonly version: string;
  /** `loading` until it was read; `gone` where the registry has it no more. */
  readonly standing: 'loading' | 'ready' | 'gone' | 'failed';
  /** Why it could not be read, as a sentence; what is beside it is from before. */
  readonly problem: string | undefined;
  readonly facts: VersionFacts | undefined;
  /** The versions of the model that are in production now, by stage or alias; its own number may be among them. */
  readonly production: Part<readonly string[]>;
  /** `undefined` where the version names none. */
  readonly run: Part<VersionRun | undefined>;
  readonly logged: Part<RunLink | undefined>;
  /** What its `MLmodel` says. */
  readonly model: Part<ModelSummary>;
  readonly code: readonly LoadCode[];
  readonly readAt: number | undefined;
}

/** What can be done with a version by the commands of the Models view. */
export type VersionAction =
  'promote' | 'transition' | 'setAlias' | 'deleteAlias' | 'describe' | 'setTag' | 'compare';

export interface VersionInit {
  readonly texts: Readonly<Record<string, string>> | undefined;
  /** A BCP 47 tag, for numbers and dates. */
  readonly locale: string;
  readonly restore: unknown;
  readonly view: VersionView;
}

/** What the page of a version and the extension say to each other; the page asks. */
export interface VersionPage {
  requests: {
    init: { params: undefined; result: VersionInit };
    /** Opens what a {@link RunLink} points at. */
    open: { params: string; result: undefined };
    /** Opens an address of the description in a browser; any but http(s) and mailto is refused. */
    openAddress: { params: string; result: undefined };
    /** Opens a file of the model; `path` is relative to it. */
    openFile: { params: string; result: undefined };
    /** The text of the input example; rejects where it is too large. */
    example: { params: undefined; result: string };
    act: { params: VersionAction; result: undefined };
    /** Opens the page of another version of the model. */
    openVersion: { params: string; result: undefined };
    /** Shows the version beside another one of the model. */
    compareWith: { params: string; result: undefined };
    copy: { params: string; result: undefined };
    /** Puts code into the editor that was used last; resolves to its name. */
    insert: { params: string; result: string };
    /** Reads anew what may be otherwise by now, and what failed. */
    retry: { params: undefined; result: undefined };
  };
  notices: {
    /** A failure of the page itself, for the log. */
    failure: string;
  };
  events: {
    view: VersionView;
  };
}
