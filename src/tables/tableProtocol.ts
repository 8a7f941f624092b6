import type {
  TableArea,
  TableArrangement,
  TableFacts,
  TableReadingOptions,
  TableSortKey,
  TableSummary,
  TableWindow,
} from '../protocol/tablePage';
import type { ComparedArea, ComparedFacts, ComparedWindow } from '../protocol/tablesPage';

/** How the bytes of a file become a table. */
export type TableFormat = 'text' | 'json' | 'parquet';

/** What the extension host and the worker of tables say to each other. */
export interface TableProtocol {
  requests: {
    /** Begins a table; its bytes follow with `add`. */
    open: {
      params: { table: number; format: TableFormat; name: string; options: TableReadingOptions };
      result: undefined;
    };
    /** The next bytes, whose buffer moves; says whether more are wanted. `size` is that of the file, where it is known. */
    add: {
      params: { table: number; piece: Uint8Array<ArrayBuffer>; size: number | undefined };
      result: { readonly facts: TableFacts; readonly wantsMore: boolean };
    };
    /** No more bytes come: `whole` says whether these were all. */
    end: { params: { table: number; whole: boolean }; result: TableFacts };
    /** Begins a table of which single stretches can be read: they are asked for with `want`. */
    openByRanges: { params: { table: number; size: number }; result: TableFacts };
    arrange: {
      params: { table: number; sort: readonly TableSortKey[]; filter: string; locale: string };
      result: TableArrangement;
    };
    window: { params: { table: number; area: TableArea }; result: TableWindow | undefined };
    summary: { params: { table: number; column: number }; result: TableSummary };
    cell: {
      params: { table: number; arrangement: number; row: number; column: number };
      result: string | undefined;
    };
    /** Cells as text with tabs; at most so many that they can be pasted. */
    copy: {
      params: { table: number; area: TableArea; header: boolean };
      result: { readonly text: string; readonly rows: number };
    };
    /** Puts two tables beside each other; the comparison is known by `comparison` from now on. */
    compare: {
      params: { comparison: number; tables: readonly [number, number]; key: string | undefined };
      result: ComparedFacts;
    };
    comparedWindow: {
      params: { comparison: number; area: ComparedArea };
      result: ComparedWindow | undefined;
    };
  };
  notices: {
    close: { table: number };
    closeComparison: { comparison: number };
    /** What was asked for with `want`; `undefined` where it could not be had. */
    give: { ask: number; bytes: Uint8Array<ArrayBuffer> | undefined };
  };
  events: {
    /** Bytes that are needed; answered with `give`. */
    want: {
      readonly table: number;
      readonly ask: number;
      readonly from: number;
      readonly length: number;
    };
  };
}
