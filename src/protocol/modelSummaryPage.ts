/** A table of what a model takes or gives. */
export interface SchemaRow {
  /** Empty where it has none. */
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
  /** JSON, of a param. */
  readonly defaultValue?: string | undefined;
}

/** A file of the model that can be opened. */
export interface ModelFile {
  /** Relative to the model's folder. */
  readonly path: string;
  readonly text: string;
}

/** A line of Python that loads the model. */
export interface LoadCode {
  /** MLflow's address of the model. */
  readonly uri: string;
  readonly code: string;
}

/** What an MLmodel file says, made ready for people. */
export interface ModelSummary {
  readonly flavors: readonly {
    readonly name: string;
    readonly facts: readonly { readonly key: string; readonly value: string }[];
  }[];
  readonly inputs: readonly SchemaRow[] | undefined;
  readonly outputs: readonly SchemaRow[] | undefined;
  readonly params: readonly SchemaRow[] | undefined;
  /** Why the signature is not shown, as a sentence. */
  readonly signatureProblem: string | undefined;
  /** Version, size, ids and the like, labelled in the language of the editor. */
  readonly facts: readonly {
    readonly key: string;
    readonly text: string;
    readonly full?: string | undefined;
  }[];
  /** JSON; absent where there is none. */
  readonly metadata: string | undefined;
  readonly example:
    | { readonly file: ModelFile; readonly type: string; readonly serving: ModelFile | undefined }
    | undefined;
  readonly environment: readonly ModelFile[];
  readonly load: readonly LoadCode[];
}

export interface ModelSummaryInit {
  readonly texts: Readonly<Record<string, string>> | undefined;
  /** A BCP 47 tag, for numbers. */
  readonly locale: string;
  readonly restore: unknown;
  /** What the owner of the model is called, and where the model lies. */
  readonly ownerName: string;
  readonly path: string;
}

/** What the summary of a model and the extension say to each other; the page asks. */
export interface ModelSummaryPage {
  requests: {
    init: { params: undefined; result: ModelSummaryInit };
    summary: { params: undefined; result: ModelSummary };
    /** The text of the input example; rejects where it is too large. */
    example: { params: undefined; result: string };
    /** Opens a file of the model. */
    openFile: { params: string; result: undefined };
    /** Opens the MLmodel file as text beside the summary. */
    openText: { params: undefined; result: undefined };
    copy: { params: string; result: undefined };
    /** Puts code into the editor that was used last; resolves to its name. */
    insert: { params: string; result: string };
  };
  notices: { failure: string };
  events: Record<never, never>;
}
