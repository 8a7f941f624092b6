import type { TemplateResult } from 'lit';

/** A column of a {@link WideGridModel}; those that are pinned come first. */
export interface WideColumn {
  /** Tells it from all others, over changes. */
  readonly key: string;
  /** In pixels. */
  readonly width: number;
  readonly isPinned: boolean;
  /** Title of the columns that it stands among; shown above the first of them. */
  readonly group: string;
  readonly sort: 'ascending' | 'descending' | undefined;
}

/** What a cell shows: text, or a template for what is more than that. A column has always the same kind. */
export interface WideCell {
  readonly text: string;
  readonly className?: string;
  readonly content?: TemplateResult;
  /** From 0 to 1: how far the bar below the text reaches. */
  readonly bar?: number | undefined;
  /** Where single cells can be selected: whether this one is. */
  readonly isSelected?: boolean | undefined;
}

/** What concerns a whole row. */
export interface WideRow {
  readonly key: string;
  readonly className: string;
  readonly isSelected: boolean;
  /** Whether there are rows below it that can be folded, and are. */
  readonly fold: 'expanded' | 'collapsed' | undefined;
  /** What screen readers say behind the first cell's text. */
  readonly description: string;
}

/** How a press or a key changes what is selected: this row alone, this one too, all from the anchor on, everything, nothing. */
export type SelectHow = 'only' | 'toggle' | 'range' | 'all' | 'none';

/** A cell that is acted on; row -1 is the header. */
export interface WidePlace {
  readonly row: number;
  readonly column: number;
}

/** A table of equally high rows and columns of any width; its first column names the rows. */
export interface WideGridModel {
  readonly label: string;
  readonly rows: number;
  readonly columns: readonly WideColumn[];
  readonly isBusy: boolean;
  /** While it is the same, rows that come and go do not move those that are in sight. */
  readonly arrangement: unknown;
  /** The row that has that key. */
  rowOf(key: string): number | undefined;
  row(row: number): WideRow;
  header(column: number): WideCell;
  cell(row: number, column: number): WideCell;
  /** In full, for hovers. */
  hint(place: WidePlace): string;
  select(how: SelectHow, row: number): void;
  /** Where cells are selected instead of rows: the active cell is another one, and what lies between may be selected, too. */
  reach?(place: WidePlace, isExtending: boolean): void;
  fold(row: number, isExpanded: boolean): void;
  /** @param isAdded whether what was sorted by before still counts */
  sort(column: number, isAdded: boolean): void;
  resize(column: number, width: number): void;
  /** Puts a column before another one, or behind all. */
  move(column: number, before: number): void;
  /** Enter or a double click. */
  activate(place: WidePlace, element: HTMLElement): void;
  openMenu(place: WidePlace, element: HTMLElement): void;
  /** Any other key; says whether it means something. */
  press(event: KeyboardEvent, place: WidePlace): boolean;
  /** Where the person has scrolled to, once it rests. */
  scrolled(top: number, left: number): void;
  /** Which rows and columns are seen; the end is not among them. */
  seen(rows: { start: number; end: number }, columns: { start: number; end: number }): void;
}
