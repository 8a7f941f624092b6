import * as l10n from '@vscode/l10n';
import { html } from 'lit';
import { hintText } from '../../kit/oneLine';
import { sortedBy } from '../../kit/sortedBy';
import type { Span } from '../../kit/span';
import type {
  SelectHow,
  WideCell,
  WideColumn,
  WideGridModel,
  WidePlace,
  WideRow,
} from '../../kit/wideGrid/wideGridModel';
import { shownText } from '../grid/cellTexts';
import { usualWidth } from '../grid/columnWidth';
import { headCell } from '../grid/headCell';
import { columnTitle, kindText } from '../grid/kindText';
import { areaOf, isIn } from '../grid/selection';
import type { SelectedArea } from '../grid/selection';
import { narrowest, widest } from './kept';
import type { PageState } from './state';
import { shownRows } from './state';
import { summaryLines } from './summaryLines';
import type { TableActions } from './tableActions';

const digitWidth = 8;

/** The table for the grid that shows it. Its first column holds the places of the rows in the file. */
export class TableGrid implements WideGridModel {
  readonly rows: number;
  readonly isBusy: boolean;
  readonly arrangement: unknown;
  private readonly area: SelectedArea | undefined;

  constructor(
    private readonly state: PageState,
    readonly columns: readonly WideColumn[],
    private readonly actions: TableActions,
  ) {
    const { selection } = state;
    this.rows = shownRows(state);
    this.isBusy = state.progress.standing === 'reading';
    this.arrangement = state.arranged;
    this.area = selection && areaOf(selection, state.columns.length);
  }

  get label(): string {
    return this.state.name;
  }

  rowOf(key: string): number | undefined {
    const row = Number(key);
    return row < this.rows ? row : undefined;
  }

  row(row: number): WideRow {
    const { area, state } = this;
    const isSelected =
      area !== undefined &&
      row >= area.fromRow &&
      row < area.toRow &&
      area.fromColumn === 0 &&
      area.toColumn === state.columns.length;
    return { key: String(row), className: '', isSelected, fold: undefined, description: '' };
  }

  header(column: number): WideCell {
    const { state } = this;
    if (column === 0) return { text: '', content: html`<span class="faint">#</span>` };
    const { name, kind } = state.columns[column - 1]!;
    const title = columnTitle(name, column - 1);
    const content = headCell(title, kind, state.kept.sort, column - 1);
    return { text: '', className: kind === 'number' ? 'is-number' : '', content };
  }

  cell(row: number, column: number): WideCell {
    const at = this.actions.arranging.blocks.at(row, Math.max(0, column - 1));
    const isSelected = this.area !== undefined && isIn(this.area, { row, column });
    if (column === 0) {
      const place = at?.block.rows[at.row];
      const text = place === undefined ? '…' : (place + 1).toLocaleString(this.state.locale);
      return { text, className: 'is-number is-place' };
    }
    const text = at?.block.cells[at.column]?.[at.row];
    if (text === undefined) return { text: '', className: 'is-waiting', isSelected };
    const kind = this.state.columns[column - 1]?.kind ?? 'text';
    return {
      text: shownText(text, kind),
      className: kind === 'number' ? 'is-number' : '',
      isSelected,
    };
  }

  hint({ row, column }: WidePlace): string {
    if (column === 0) return row < 0 ? l10n.t('Place of the row in the file') : '';
    if (row < 0) return this.headHint(column - 1);
    const at = this.actions.arranging.blocks.at(row, column - 1);
    return hintText(at?.block.cells[at.column]?.[at.row] ?? '');
  }

  select(how: SelectHow, row: number): void {
    if (how === 'all') this.actions.selectAll();
    else if (how === 'none') this.actions.dispatch({ type: 'selection', selection: undefined });
    else this.actions.reach({ row, column: 0 }, how === 'range');
  }

  reach(place: WidePlace, isExtending: boolean): void {
    this.actions.reach(place, isExtending);
  }

  fold(): void {
    return undefined;
  }

  sort(column: number, isAdded: boolean): void {
    if (column > 0) this.actions.sort(sortedBy(this.state.kept.sort, column - 1, isAdded));
  }

  resize(column: number, width: number): void {
    const { widths } = this.state.kept;
    const wanted = Math.max(narrowest, Math.min(widest, width));
    const change = { widths: new Map(widths).set(column, wanted) };
    this.actions.dispatch({ type: 'kept', change });
  }

  /** Columns stay in the order of the file. */
  move(): void {
    return undefined;
  }

  activate(place: WidePlace, element: HTMLElement): void {
    void this.actions.open(place, element);
  }

  openMenu(place: WidePlace, element: HTMLElement): void {
    this.actions.openMenu(place, element);
  }

  press(event: KeyboardEvent, place: WidePlace): boolean {
    const isCopy = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c';
    if (isCopy && place.row >= 0) this.actions.copy(place, event.shiftKey);
    return isCopy;
  }

  scrolled(scrollTop: number, scrollLeft: number): void {
    this.actions.dispatch({ type: 'kept', change: { scrollTop, scrollLeft } });
  }

  seen(rows: Span, columns: Span): void {
    const start = Math.max(0, columns.start - 1);
    this.actions.arranging.see(rows, { start, end: Math.max(start + 1, columns.end - 1) });
  }

  private headHint(column: number): string {
    const { name, kind } = this.state.columns[column]!;
    const summary = this.actions.summaryAt(column);
    const figures = summary === undefined ? [] : summaryLines(this.state, column, summary);
    return [`${columnTitle(name, column)} (${kindText(kind)})`, ...figures].join('\n');
  }
}

/** @param sampleOf some cells of a column */
export function wideColumns(
  { columns, kept, progress }: PageState,
  sampleOf: (column: number) => readonly string[],
): readonly WideColumn[] {
  const digits = progress.facts.rows.toLocaleString('en').length;
  const place: WideColumn = {
    ...{ key: '#', isPinned: true, group: '', sort: undefined },
    width: kept.widths.get(0) ?? Math.max(narrowest, Math.ceil(digits * digitWidth) + 18),
  };
  const others = columns.map(({ name, kind }, column): WideColumn => {
    const key = kept.sort.find((each) => each.column === column);
    const title = columnTitle(name, column);
    const texts = sampleOf(column).map((text) => shownText(text, kind));
    return {
      key: String(column),
      width: kept.widths.get(column + 1) ?? usualWidth(title, texts),
      isPinned: false,
      group: kindText(kind),
      sort: key && (key.descending ? 'descending' : 'ascending'),
    };
  });
  return [place, ...others];
}
