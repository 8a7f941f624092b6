import * as l10n from '@vscode/l10n';
import { html } from 'lit';
import type { ComparedCell, ComparedStanding } from '../../../src/protocol/tablesPage';
import { announceOutcome } from '../../kit/announce';
import { openMenu } from '../../kit/menu';
import { hintText, oneLine } from '../../kit/oneLine';
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
import { headCell } from '../grid/headCell';
import { columnTitle } from '../grid/kindText';
import { areaOf, isIn } from '../grid/selection';
import type { SelectedArea } from '../grid/selection';
import type { Comparing } from './comparing';
import { shownColumns, shownRows } from './state';
import type { PageState } from './state';

const nothing = '∅';
const mostCopied = 10_000;

/** Two tables in one grid: a row for each pair of rows, and in cells that differ what both say. */
export class ComparedGrid implements WideGridModel {
  readonly rows: number;
  readonly isBusy = false;
  readonly arrangement: unknown;
  private readonly shown: readonly number[];
  private readonly area: SelectedArea | undefined;

  constructor(
    private readonly state: PageState,
    readonly columns: readonly WideColumn[],
    private readonly comparing: Comparing,
  ) {
    this.rows = shownRows(state);
    this.arrangement = state.facts;
    this.shown = shownColumns(state);
    this.area = state.selection && areaOf(state.selection, this.shown.length);
  }

  get label(): string {
    return l10n.t('Compared rows');
  }

  rowOf(key: string): number | undefined {
    const row = Number(key);
    return row < this.rows ? row : undefined;
  }

  row(row: number): WideRow {
    const standing = this.standing(row);
    return {
      ...{ key: String(row), isSelected: false, fold: undefined },
      className: standing === undefined ? '' : `is-${standing}`,
      description: standing === undefined ? '' : standingText(standing),
    };
  }

  header(column: number): WideCell {
    if (column === 0) return { text: '', content: html`<span class="faint">#</span>` };
    const { state, shown } = this;
    const place = shown[column - 1] ?? 0;
    const { name, kind, in: where } = state.facts!.columns[place]!;
    const title = columnTitle(name, place);
    const marked = where === 'both' ? title : `${title} (${onlyIn(state, where)})`;
    return { text: '', content: headCell(marked, kind, [], place) };
  }

  cell(row: number, column: number): WideCell {
    const at = this.comparing.blocks.at(row, Math.max(0, column - 1));
    if (column === 0) return { text: this.placeText(row), className: 'is-place' };
    const found = at?.block.cells[at.column]?.[at.row];
    const isSelected = this.area !== undefined && isIn(this.area, { row, column });
    if (found === undefined) return { text: '', className: 'is-waiting', isSelected };
    const kind = this.state.facts?.columns[this.shown[column - 1] ?? 0]?.kind ?? 'text';
    if (typeof found === 'string')
      return { text: shownText(found, kind), className: 'is-equal', isSelected };
    const short = (text: string): string => shownText(text, kind);
    const standing = this.standing(row);
    const isPair = standing === 'differs' || standing === 'same';
    return {
      text: isPair ? pairText(found, short) : oneLine(short(found[0] ?? found[1] ?? '')),
      className: isPair ? 'is-different' : '',
      isSelected,
    };
  }

  hint({ row, column }: WidePlace): string {
    const at = row < 0 || column === 0 ? undefined : this.comparing.blocks.at(row, column - 1);
    if (at === undefined) return '';
    const found = at.block.cells[at.column]?.[at.row];
    if (found === undefined || typeof found === 'string') return hintText(found ?? '');
    const { files } = this.state;
    return found
      .map((text, which) => `${files[which]?.owner ?? ''}: ${hintText(text ?? nothing)}`)
      .join('\n');
  }

  select(how: SelectHow, row: number): void {
    const { store } = this.comparing;
    if (how === 'none') store.dispatch({ type: 'deselect' });
    else if (how === 'all') {
      store.dispatch({ type: 'reach', place: { row: 0, column: 0 }, isExtending: false });
      const place = { row: this.rows - 1, column: this.shown.length };
      store.dispatch({ type: 'reach', place, isExtending: true });
    } else
      store.dispatch({ type: 'reach', place: { row, column: 0 }, isExtending: how === 'range' });
  }

  reach(place: WidePlace, isExtending: boolean): void {
    if (place.row >= 0) this.comparing.store.dispatch({ type: 'reach', place, isExtending });
  }

  fold(): void {
    return undefined;
  }

  sort(): void {
    return undefined;
  }

  resize(column: number, width: number): void {
    this.comparing.store.dispatch({ type: 'width', column, width });
  }

  move(): void {
    return undefined;
  }

  activate(): void {
    return undefined;
  }

  openMenu(place: WidePlace, element: HTMLElement): void {
    if (place.row < 0) return;
    openMenu(element, l10n.t('Actions for the cell'), [
      { label: l10n.t('Copy'), run: () => this.copy(place) },
    ]);
  }

  press(event: KeyboardEvent, place: WidePlace): boolean {
    const isCopy = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c';
    if (isCopy && place.row >= 0) this.copy(place);
    return isCopy;
  }

  scrolled(): void {
    return undefined;
  }

  seen(rows: Span, columns: Span): void {
    const start = Math.max(0, columns.start - 1);
    if (rows.end > rows.start)
      void this.comparing.blocks.see(rows, { start, end: Math.max(start + 1, columns.end - 1) });
  }

  private copy(place: WidePlace): void {
    const { comparing, state, shown } = this;
    const chosen = state.selection ?? { anchor: place, corner: place };
    const area = areaOf(chosen, shown.length);
    const toRow = Math.min(area.toRow, area.fromRow + mostCopied);
    const columns = shown.slice(area.fromColumn, area.toColumn);
    const { onlyDifferences } = state.kept;
    const { link } = comparing;
    const asked = link.call('window', { onlyDifferences, fromRow: area.fromRow, toRow, columns });
    const copied = asked.then(async (found) => {
      const rows = (found?.standings ?? []).map((_, row) =>
        (found?.cells ?? []).map((cells) => cellText(cells[row])).join('\t'),
      );
      await link.call('copy', rows.join('\n'));
      return toRow < area.toRow
        ? l10n.t('Only the first {0} rows were copied.', mostCopied)
        : l10n.t('Copied');
    });
    void announceOutcome(copied);
  }

  private standing(row: number): ComparedStanding | undefined {
    const at = this.comparing.blocks.at(row, 0) ?? this.anyBlock(row);
    return at?.block.standings[at.row];
  }

  private anyBlock(row: number): ReturnType<Comparing['blocks']['at']> {
    for (let column = 16; column < this.shown.length; column += 16) {
      const at = this.comparing.blocks.at(row, column);
      if (at !== undefined) return at;
    }
    return undefined;
  }

  private placeText(row: number): string {
    const at = this.comparing.blocks.at(row, 0) ?? this.anyBlock(row);
    if (at === undefined) return '…';
    const [first, second] = [at.block.first[at.row] ?? -1, at.block.second[at.row] ?? -1];
    if (second < 0) return `− ${first + 1}`;
    if (first < 0) return `+ ${second + 1}`;
    const mark = at.block.standings[at.row] === 'differs' ? '≠ ' : '';
    return first === second ? `${mark}${first + 1}` : `${mark}${first + 1} → ${second + 1}`;
  }
}

/** Both texts of a cell, with an arrow between them. */
function pairText(
  [one, other]: readonly [string | null, string | null],
  short: (text: string) => string,
): string {
  const said = (text: string | null): string =>
    text === null || text === '' ? nothing : short(text);
  return `${said(one)} → ${said(other)}`;
}

function cellText(cell: ComparedCell | undefined): string {
  const text =
    cell === undefined || typeof cell === 'string' ? (cell ?? '') : pairText(cell, (each) => each);
  return /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function standingText(standing: ComparedStanding): string {
  switch (standing) {
    case 'same':
      return l10n.t('the same in both');
    case 'differs':
      return l10n.t('differs');
    case 'first':
      return l10n.t('only in the first table');
    case 'second':
      return l10n.t('only in the second table');
  }
}

function onlyIn({ files }: PageState, where: 'first' | 'second'): string {
  return l10n.t('only in {0}', files[where === 'first' ? 0 : 1]?.owner ?? '');
}
