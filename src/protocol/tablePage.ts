/** What the cells of a column are, as far as they were read; cells that say that there is nothing do not count. */
export type TableColumnKind = 'number' | 'boolean' | 'date' | 'text';

/** A column. Names come from files as they are: they are shown as text, never as HTML. */
export interface TableColumn {
  readonly name: string;
  readonly kind: TableColumnKind;
}

/** Why only the first rows, or the first columns, of a file are there. */
export type TableLimit = 'bytes' | 'cells' | 'columns';

/** How a text is read as a table; what is absent is found out from its beginning. */
export interface TableReadingOptions {
  /** One of {@link tableDelimiters}. */
  readonly delimiter?: string | undefined;
  /** Whether the first row names the columns. */
  readonly header?: boolean | undefined;
  /** A label of the Encoding Standard. */
  readonly encoding?: string | undefined;
}

/** What may stand between cells. */
export const tableDelimiters = [',', ';', '\t', '|'] as const;

/** What is known of a table while it is read, and afterwards. */
export interface TableFacts {
  readonly rows: number;
  /** Grows with each change of {@link columns}. */
  readonly columnsRevision: number;
  /** Absent where they are the same as told before. */
  readonly columns?: readonly TableColumn[] | undefined;
  /** Rows that the file surely has; absent where that is not known. */
  readonly rowsThere: number | undefined;
  readonly limit: TableLimit | undefined;
  /** How a text is read; absent for what is no text, or not read yet. */
  readonly reading: TableReadingOptions | undefined;
}

/** How far the reading is. */
export interface TableProgress {
  readonly facts: TableFacts;
  /** `stopped` by the person; `gone` where there is no such file any more. */
  readonly standing: 'reading' | 'complete' | 'stopped' | 'failed' | 'gone';
  /** Bytes that came. */
  readonly read: number;
  /** Bytes of the whole file, where that is known. */
  readonly size: number | undefined;
  /** Why it failed, as a sentence; the rows that were read are still there. */
  readonly problem: string | undefined;
}

export interface TableSortKey {
  readonly column: number;
  readonly descending: boolean;
}

/** What is wrong with a filter, and where in its text. */
export interface TableFilterMistake {
  readonly reason: 'column' | 'number' | 'date' | 'value' | 'quote' | 'ordered';
  readonly start: number;
  readonly end: number;
  /** The name of the column that it is about, where there is one. */
  readonly column?: string | undefined;
}

/** Which rows are shown, and in which order. */
export interface TableArrangement {
  /** Of the rows that were read when it was made; 0 is all rows in their order, whatever is read later. */
  readonly arrangement: number;
  readonly rows: number;
  /** So many rows of the table it was made of. */
  readonly of: number;
}

/** A piece of an arrangement. */
export interface TableWindow {
  /** Places of the rows in the file, from 0. */
  readonly rows: Uint32Array;
  /** Cells by column, then row; long ones are cut, see {@link longestCell}. */
  readonly cells: readonly (readonly string[])[];
}

/** So many characters of a cell come with a window. */
export const longestCell = 1000;

/** What a column holds. */
export interface TableSummary {
  /** Rows that it was made of. */
  readonly rows: number;
  /** Cells that are empty, or say that there is nothing. */
  readonly missing: number;
  /** Of numbers and dates, the latter in milliseconds since 1970, as texts: JSON has neither NaN nor infinities. */
  readonly least?: string | undefined;
  readonly greatest?: string | undefined;
  readonly mean?: string | undefined;
  /** Of texts and booleans: so many different ones; absent where they are too many to be counted. */
  readonly distinct?: number | undefined;
}

/** Cells of an arrangement; ends are not among them. */
export interface TableArea {
  readonly arrangement: number;
  readonly fromRow: number;
  readonly toRow: number;
  readonly fromColumn: number;
  readonly toColumn: number;
}

/** What every page with a table starts with. */
export interface TableInit {
  /** Texts in the editor's language, by the English ones; absent for English. */
  readonly texts: Readonly<Record<string, string>> | undefined;
  /** A BCP 47 tag, for numbers and dates. */
  readonly locale: string;
  /** Of the file, for people. */
  readonly name: string;
  readonly progress: TableProgress;
}

/** What the page of one table and the extension say to each other; the page asks. */
export interface TablePage {
  requests: {
    init: { params: undefined; result: TableInit };
    /** Rejects with a {@link TableRefusal} where the filter is wrong. */
    arrange: {
      params: { sort: readonly TableSortKey[]; filter: string };
      result: TableArrangement;
    };
    /** `undefined` where the arrangement is no longer known: it has to be made anew. */
    window: { params: TableArea; result: TableWindow | undefined };
    summary: { params: { column: number }; result: TableSummary };
    /** One cell in full, as far as a page can show it. */
    cell: {
      params: { arrangement: number; row: number; column: number };
      result: string | undefined;
    };
    /** Puts cells where they can be pasted, with tabs between them; resolves to how many rows were copied. */
    copy: { params: TableArea & { readonly header: boolean }; result: number };
    /** Reads the file anew, in another way perhaps. */
    read: { params: TableReadingOptions; result: undefined };
    /** Saves the file on this machine. */
    download: { params: undefined; result: undefined };
  };
  notices: {
    /** Gives up what has not been read yet. */
    stop: undefined;
    openAsText: undefined;
    /** A failure of the page itself, for the log. */
    failure: string;
  };
  events: {
    progress: TableProgress;
  };
}

/** A refused arrangement, as it crosses to the page. */
export interface TableRefusal {
  readonly sentence: string;
  readonly mistake?: TableFilterMistake | undefined;
}
