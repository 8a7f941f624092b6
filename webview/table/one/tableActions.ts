import * as l10n from '@vscode/l10n';
import type { TablePage, TableReadingOptions } from '../../../src/protocol/tablePage';
import { announceOutcome } from '../../kit/announce';
import { openFullText } from '../../kit/fullText';
import type { Link } from '../../kit/link';
import { openMenu } from '../../kit/menu';
import type { PageStore } from '../../kit/pageStore';
import type { WidePlace } from '../../kit/wideGrid/wideGridModel';
import { columnTitle } from '../grid/kindText';
import { areaOf, reached } from '../grid/selection';
import type { Arranging } from './arranging';
import { cellMenu } from './cellMenu';
import { columnMenu } from './columnMenu';
import type { Dispatch, PageAction, PageState } from './state';
import { shownRows } from './state';

/** So long a pointer rests on a column before its figures are asked for, in milliseconds. */
const restingTime = 300;

/** What can be done with the table. */
export class TableActions {
  readonly dispatch: Dispatch;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly store: PageStore<PageState, PageAction>,
    readonly link: Link<TablePage>,
    readonly arranging: Arranging,
  ) {
    this.dispatch = store.dispatch;
  }

  get state(): PageState {
    return this.store.state;
  }

  reach(place: WidePlace, isExtending: boolean): void {
    const selection = reached(this.state.selection, place, isExtending);
    this.dispatch({ type: 'selection', selection: place.row < 0 ? undefined : selection });
  }

  selectAll(): void {
    const corner = { row: shownRows(this.state) - 1, column: this.state.columns.length };
    const selection = { anchor: { row: 0, column: 0 }, corner };
    this.dispatch({ type: 'selection', selection });
  }

  /** Copies what is selected, or the cell. */
  copy(place: WidePlace, header: boolean): void {
    const { selection, columns, arrangement } = this.state;
    const chosen = selection ?? { anchor: place, corner: place };
    const area = { ...areaOf(chosen, columns.length), arrangement: arrangement.arrangement };
    const copied = this.link
      .call('copy', { ...area, header })
      .then((rows) =>
        rows < area.toRow - area.fromRow
          ? l10n.t('Only the first {0} rows were copied.', rows)
          : l10n.t('Copied'),
      );
    void announceOutcome(copied);
  }

  /** Shows a cell in full. */
  async open({ row, column }: WidePlace, anchor: HTMLElement): Promise<void> {
    if (row < 0 || column === 0) return;
    const { arrangement } = this.state.arrangement;
    const place = { arrangement, row, column: column - 1 };
    const text = await this.link.call('cell', place).catch(() => undefined);
    const name = this.state.columns[column - 1]?.name ?? '';
    if (text !== undefined)
      openFullText(
        columnTitle(name, column - 1),
        text,
        anchor,
        (copied) =>
          // The text is at hand, so it need not be read again.
          void announceOutcome(navigator.clipboard.writeText(copied).then(() => l10n.t('Copied'))),
      );
  }

  openMenu(place: WidePlace, element: HTMLElement): void {
    if (place.row < 0) {
      if (place.column > 0) void this.openColumnMenu(place.column - 1, element);
      return;
    }
    openMenu(element, l10n.t('Actions for the cell'), cellMenu(place, element, this));
  }

  /** The figures of a column, once they are known; asks for them where a pointer rests. */
  summaryAt(
    column: number,
  ): PageState['summaries'] extends ReadonlyMap<number, infer S> ? S | undefined : never {
    clearTimeout(this.timer);
    const known = this.state.summaries.get(column);
    if (known === undefined)
      this.timer = setTimeout(
        () => void this.askSummary(column).catch(() => undefined),
        restingTime,
      );
    return known;
  }

  sort(sort: PageState['kept']['sort']): void {
    this.dispatch({ type: 'kept', change: { sort } });
  }

  filter(filter: string): void {
    this.dispatch({ type: 'kept', change: { filter } });
  }

  read(options: TableReadingOptions): void {
    void announceOutcome(this.link.call('read', options));
  }

  private async openColumnMenu(column: number, element: HTMLElement): Promise<void> {
    await this.askSummary(column).catch(() => undefined);
    const name = columnTitle(this.state.columns[column]?.name ?? '', column);
    openMenu(element, l10n.t('Actions for {0}', name), columnMenu(column, this));
  }

  private async askSummary(column: number): Promise<void> {
    if (this.state.summaries.has(column)) return;
    const summary = await this.link.call('summary', { column });
    this.dispatch({ type: 'summary', column, summary });
  }
}
