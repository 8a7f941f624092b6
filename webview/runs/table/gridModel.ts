import * as l10n from '@vscode/l10n';
import { lastResult } from '../../kit/lastResult';
import { sortedBy } from '../../kit/sortedBy';
import type { Span } from '../../kit/span';
import { withMember } from '../../kit/withMember';
import type {
  WideCell,
  WideColumn,
  WideGridModel,
  WidePlace,
  WideRow,
} from '../../kit/wideGrid/wideGridModel';
import { groupSize, groupTitle } from '../group/groupTexts';
import { columnParts } from '../model/columnId';
import type { ColumnId } from '../model/columnId';
import { folding } from '../model/tableRows';
import { shownColumns } from '../state';
import type { PageState } from '../state';
import { columnHint, kindTitle } from './columnTexts';
import { columnWidth, reasonableWidth } from './columnWidth';
import { groupCell, groupHint } from './groupCell';
import { headerCell } from './headerCell';
import { movedBefore } from './layoutChanges';
import { groupNameCell, runNameCell } from './nameCell';
import { emptyCell, runCell, runHint } from './runCell';
import { isSelected, select } from './selection';
import type { TableActions } from './tableActions';
import type { TableView } from './tableView';

/** So many rows stand for those that are on their way. */
const skeletonRows = 12;

const wideColumns = lastResult(
  (columns: readonly ColumnId[], layout: PageState['layout']): readonly WideColumn[] =>
    columns.map((id, index) => {
      const { kind } = columnParts(id);
      const key = layout.sort.find(({ column }) => column === id);
      return {
        key: id,
        width: columnWidth(id, layout),
        isPinned: index === 0 || layout.pinned.has(id),
        group: kindTitle(kind),
        sort: key && (key.descending ? 'descending' : 'ascending'),
      };
    }),
);

/** What a person asked for, which moves rows as a whole. */
const asked = lastResult((...parts: readonly unknown[]): unknown => ({ parts }));

/** Whether rows are on their way, and none is there yet. */
export function isWaiting({ data, progress }: PageState): boolean {
  return data.count === 0 && progress.standing === 'reading';
}

/** The table for the grid that shows it. */
export class RunsGrid implements WideGridModel {
  readonly rows: number;
  readonly columns: readonly WideColumn[];
  readonly isBusy: boolean;
  readonly arrangement: unknown;
  private readonly isWaiting: boolean;

  constructor(
    readonly view: TableView,
    private readonly actions: TableActions,
  ) {
    const { state, rows, columns } = view;
    const { sort, groupBy, nested, filters } = state.layout;
    this.isWaiting = isWaiting(state);
    this.rows = this.isWaiting ? skeletonRows : rows.order.length;
    this.columns = wideColumns(columns, state.layout);
    this.isBusy = state.progress.standing === 'reading';
    this.arrangement = asked(sort, groupBy, nested, filters, state.layout.view, state.layout.since);
  }

  get label(): string {
    return l10n.t('Runs');
  }

  rowOf(key: string): number | undefined {
    return this.view.rowOf(key);
  }

  row(row: number): WideRow {
    const { view } = this;
    const { state, rows } = view;
    const level = rows.levels[row] ?? 1;
    const run = state.data.rows[rows.order[row] ?? -1];
    const isHidden = run !== undefined && state.layout.hidden.has(run.key);
    const classes = [
      this.isWaiting ? 'is-skeleton' : '',
      isHidden || run?.outside === true ? 'is-faint' : '',
      (rows.order[row] ?? 0) < 0 ? 'is-group' : '',
    ];
    return {
      key: this.isWaiting ? `waiting ${row}` : view.keyOf(row),
      className: classes.filter(Boolean).join(' '),
      isSelected: isSelected(view, row),
      fold: this.foldOf(row),
      description: level > 1 ? l10n.t('level {0}', level) : '',
    };
  }

  header(column: number): WideCell {
    const id = this.view.columns[column];
    if (id === undefined) return emptyCell;
    const { kind } = columnParts(id);
    const className = kind === 'metric' || id === 'attribute:duration' ? 'is-number' : '';
    return { text: '', className, content: headerCell(this.view, id) };
  }

  cell(row: number, column: number): WideCell {
    const { view } = this;
    const id = view.columns[column];
    const at = view.rows.order[row];
    if (id === undefined || at === undefined || this.isWaiting) return emptyCell;
    if (id === 'attribute:name') return { text: '', content: this.nameCell(row, at) };
    const group = view.rows.groups[-1 - at];
    return group === undefined ? runCell(view, at, id) : groupCell(view, group, id);
  }

  hint({ row, column }: WidePlace): string {
    const { view } = this;
    const id = view.columns[column];
    if (id === undefined) return '';
    if (row < 0) return columnHint(id);
    const at = view.rows.order[row];
    if (at === undefined || this.isWaiting) return '';
    const group = view.rows.groups[-1 - at];
    return group === undefined ? runHint(view, at, id) : groupHint(view, group, id);
  }

  select(...[how, row]: Parameters<WideGridModel['select']>): void {
    this.actions.dispatch({ type: 'kept', change: select(this.view, how, row) });
  }

  fold(row: number, isExpanded: boolean): void {
    const { collapsed } = this.view.state.layout;
    this.lay({ collapsed: withMember(collapsed, this.view.keyOf(row), !isExpanded) });
  }

  sort(column: number, isAdded: boolean): void {
    const id = this.view.columns[column];
    if (id !== undefined) this.lay({ sort: sortedBy(this.view.state.layout.sort, id, isAdded) });
  }

  resize(column: number, width: number): void {
    const id = this.view.columns[column];
    if (id === undefined) return;
    const { widths } = this.view.state.layout;
    this.lay({ widths: new Map(widths).set(id, reasonableWidth(width)) });
  }

  move(column: number, before: number): void {
    const { columns, state } = this.view;
    const moved = columns[column];
    if (moved === undefined || column === 0) return;
    this.lay({ columns: movedBefore(shownColumns(state), moved, columns[before]) });
  }

  activate({ row }: WidePlace): void {
    this.actions.open(this.view.runsOf(row));
  }

  openMenu(place: WidePlace, element: HTMLElement): void {
    this.actions.openMenu(this.view, place, element);
  }

  press(event: KeyboardEvent, place: WidePlace): boolean {
    return this.actions.press(this.view, event, place);
  }

  scrolled(scrollTop: number, scrollLeft: number): void {
    this.actions.dispatch({ type: 'kept', change: { scrollTop, scrollLeft } });
  }

  seen(rows: Span): void {
    this.actions.seen(rows);
  }

  private lay(change: Partial<PageState['layout']>): void {
    this.actions.dispatch({ type: 'layout', change });
  }

  private foldOf(row: number): WideRow['fold'] {
    const fold = this.view.rows.folding[row];
    if (this.isWaiting || fold === undefined || fold === folding.none) return undefined;
    return fold === folding.expanded ? 'expanded' : 'collapsed';
  }

  private nameCell(row: number, at: number): ReturnType<typeof runNameCell> {
    const { state, rows } = this.view;
    const level = rows.levels[row] ?? 1;
    const group = rows.groups[-1 - at];
    if (group !== undefined)
      return groupNameCell(groupTitle(group), groupSize(group), this.foldOf(row), level);
    const { layout, data } = state;
    const run = data.rows[at]!;
    return runNameCell(run, {
      fold: this.foldOf(row),
      level,
      isPinned: layout.pinnedRuns.has(run.key),
      isBaseline: layout.baseline === run.key,
      isHidden: layout.hidden.has(run.key),
    });
  }
}
