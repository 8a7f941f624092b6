import type { TableColumn, TableProgress } from './tablePage';

/** How many rows and cells of two tables differ. */
export interface ComparedCounts {
  /** Pairs of rows, and rows that only one table has. */
  readonly rows: number;
  /** Pairs of rows with cells that differ. */
  readonly differing: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** Cells that differ in pairs of rows. */
  readonly cells: number;
}

/** A column of a comparison: one of both tables, or of one alone. */
export interface ComparedColumn extends TableColumn {
  readonly in: 'both' | 'first' | 'second';
  /** Cells that differ. */
  readonly differing: number;
}

/** Two tables beside each other. */
export interface ComparedFacts {
  readonly counts: ComparedCounts;
  readonly columns: readonly ComparedColumn[];
  /** Rows that share a key with another row of their table, which are matched in their order. */
  readonly repeatedKeys: number;
}

/** Which rows and columns of a comparison are wanted; ends are not among them. */
export interface ComparedArea {
  readonly onlyDifferences: boolean;
  readonly fromRow: number;
  readonly toRow: number;
  /** Places in {@link ComparedFacts.columns}. */
  readonly columns: readonly number[];
}

/** How a row stands: the same in both, with differences, or in one table alone. */
export type ComparedStanding = 'same' | 'differs' | 'first' | 'second';

/** A piece of a comparison. */
export interface ComparedWindow {
  readonly standings: readonly ComparedStanding[];
  /** Places of the rows in the two files, from 0; -1 where there is none. */
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** By column, then row: the text where it is the same in both, else those of both; `null` where a table has none. */
  readonly cells: readonly (readonly ComparedCell[])[];
}

export type ComparedCell = string | readonly [string | null, string | null];

/** One of the two tables, for people. */
export interface ComparedFile {
  /** What its owner is called. */
  readonly owner: string;
  readonly path: string;
  readonly progress: TableProgress;
}

/** What the page that compares two tables starts with. */
export interface TablesInit {
  readonly texts: Readonly<Record<string, string>> | undefined;
  /** A BCP 47 tag. */
  readonly locale: string;
  /** An object: the page hands it to `setState`, with a member `view` of its own, and VS Code restores the panel from that. */
  readonly restore: unknown;
  readonly files: readonly [ComparedFile, ComparedFile];
}

/** What the page that compares two tables and the extension say to each other; the page asks. */
export interface TablesPage {
  requests: {
    init: { params: undefined; result: TablesInit };
    /** Compares what was read by now; rows are matched by this column of both tables, or by place. */
    compare: { params: { key: string | undefined }; result: ComparedFacts };
    window: { params: ComparedArea; result: ComparedWindow | undefined };
    copy: { params: string; result: undefined };
    /** Reads both files anew. */
    read: { params: undefined; result: undefined };
  };
  notices: {
    failure: string;
  };
  events: {
    progress: readonly [TableProgress, TableProgress];
  };
}
